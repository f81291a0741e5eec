/**
 * Names under which cases speak of resources, and what must be behind each. A configuration binds them to the paths of
 * the ETS; a SUT file may bind other resources of the same kind.
 */
export const ROLES = {
  'readable.a': 'a single string that can be read, different from readable.b and readable.c',
  'readable.b': 'a second one',
  'readable.c': 'a third one',
  readonly: 'a single resource that can be read and not written, and is always there',
  writable: 'a single string that can be read and written without further effect',
  'writable.b': 'a second one in the same instance',
  'writable.time': 'a single time in the same instance that can be read and written; it may run on as a clock',
  writeonly: 'a single resource that can be written and not read',
  numeric: 'a single number that can be read, and changes by device control',
  executable: 'a resource whose execution takes nothing away and needs no argument',
  reboot: 'the resource whose execution restarts the device',
  multi: 'a multiple resource that can be read and has at least one instance',
  'multi.instance': 'an instance of multi',
  sources: 'a multiple resource that can be read, with the instance ids of observed.a and observed.b',
  'observed.a': 'a multiple number with two instances, which changes by device control or of its own accord',
  'observed.a.instance': 'the second instance of observed.a',
  'observed.b': 'a second one, in the same instance of the object',
  collection: 'an object whose instances a server can create and delete',
  'collection.instance': 'an instance of it that is there at the start',
  'collection.multi': 'a multiple string in that instance that can be read and written',
  'absent.object': 'a resource of an object that the client does not have',
  'absent.other': 'a resource of another object that the client does not have',
  'absent.instance': 'an instance that is not there, of an object that is',
  'absent.resource': 'a resource that no definition has, in an instance that is there',
  'account.bootstrap': 'the Security instance of the Bootstrap-Server that the client starts with',
  'account.security': 'a Security instance that is free for the account of a server, or has it already',
  'account.server': 'a Server instance of the same kind',
  string: 'a single writable string of any content',
  integer: 'a single writable signed integer of 64 bits',
  unsigned: 'a single writable unsigned integer of 64 bits',
  float: 'a single writable float',
  boolean: 'a single writable boolean',
  opaque: 'a single writable opaque value of any length',
  time: 'a single writable time that does not run on',
  objlnk: 'a single writable object link',
  corelnk: 'a single writable list of links',
  'multi.string': 'a multiple writable string',
  'multi.integer': 'a multiple writable integer',
} as const;

export type Role = keyof typeof ROLES;

/** Absolute paths by role. */
export type Roles = Readonly<Partial<Record<Role, string>>>;

export const isRole = (name: string): name is Role => Object.hasOwn(ROLES, name);
