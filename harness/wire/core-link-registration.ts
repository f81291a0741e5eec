import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { Enabler } from '../model/party.js';
import { formatPath, MAX_ID, type Path } from '../model/path.js';
import {
  attributeOf,
  decodeLinks,
  formatLinks,
  LINK_LENIENCIES,
  type Link,
  type LinkAttribute,
  type LinkSpec,
} from './core-link-grammar.js';

/** An Object as a client announces it. */
export interface RegisteredObject {
  readonly id: number;
  /** `1.1`; undefined where the list does not say. */
  readonly version?: string;
  readonly instances: readonly number[];
}

/** What the payload of a Register or Update says (Core 1.1 §6.2.1, §7.2; Transport 1.1 §6.4.1). */
export interface RegistrationPayload {
  /** Prefix of all paths of the client, `/lwm2m`; empty for the default root. */
  readonly alternatePath: string;
  /** Content-Formats of `ct` on the root link. */
  readonly formats: readonly number[];
  /** In the order of the list; Objects that may not be listed are left out. */
  readonly objects: readonly RegisteredObject[];
  /** `/1/0`, `/5`: instances, and Objects without one, below the alternate path. */
  readonly paths: readonly string[];
  /** What deviates, though it can be understood; nobody may be refused for it. */
  readonly remarks: readonly Problem[];
}

/** The marker of an alternate path, value of `rt`. */
const ROOT_TYPE = 'oma.lwm2m';

/** Objects that a client of the version must not list. */
const UNLISTED: Readonly<Record<Enabler, readonly number[]>> = { '1.0': [0], '1.1': [0, 21], '1.2': [0, 21, 23] };

const ALL_LENIENCIES: ReadonlySet<string> = new Set(Object.keys(LINK_LENIENCIES));

/**
 * The links of a payload, by the strict grammar or else by the lenient one; then the problem of the strict one is a remark.
 * Problem codes: those of {@link decodeLinks}, for what even the lenient grammar does not take.
 */
export function decodeLinksWithRemarks(payload: Uint8Array): Result<{ links: readonly Link[]; remarks: Problem[] }> {
  const strict = decodeLinks(payload);
  if (strict.ok) return ok({ links: strict.value, remarks: [] });
  const lenient = decodeLinks(payload, ALL_LENIENCIES);
  return lenient.ok ? ok({ links: lenient.value, remarks: [strict.problem] }) : strict;
}

/**
 * Reads the object list of a client, tolerantly: what a server must cope with is a remark, what it cannot understand a problem.
 *
 * Problem codes: those of {@link decodeLinks}; `bad-path`, `out-of-range` (an id from 65535), `bad-value` (`ver`, `ct`).
 * Remark codes: those of the strict grammar; `unlisted-object`, `listed-resource`, `missing-object` (/1 or /3), `duplicate`,
 * `bare-object` (RG-19), `version-on-instance` (RG-03), `quoted-version`, `unquoted-rt` (RG-04), `outside-root` (RG-08),
 * `leading-zeros`, `trailing-slash`, `unknown-link`.
 *
 * @param enabler of the registration, for the rules that depend on it
 */
export function parseRegistration(payload: Uint8Array, enabler: Enabler = '1.1'): Result<RegistrationPayload> {
  const read = decodeLinksWithRemarks(payload);
  if (!read.ok) return read;
  const { links, remarks } = read.value;
  const root = links.find(isRootType);
  const alternate = root && root.path !== '/' ? root : undefined;
  const alternatePath = alternate?.path ?? '';
  if (alternate && !/^(\/[^/]*[^/\d][^/]*)+$/.test(alternatePath))
    return failed({
      code: 'bad-path',
      message: `${JSON.stringify(alternatePath)} cannot be an alternate path`,
      at: alternate.at,
      hint: 'expected segments that are not numbers only',
    });
  const reading: Reading = { alternatePath, enabler, remarks, objects: new Map(), formats: [] };
  for (const link of links) {
    const problem = readLink(link, reading);
    if (problem) return failed(problem);
  }
  const drafts = [...reading.objects.values()];
  remarkOnObjects(drafts, reading);
  const objects = drafts.map(({ id, version, instances }) => ({
    id,
    ...(version !== undefined && { version }),
    instances: [...instances],
  }));
  const paths = objects.flatMap(({ id, instances }) =>
    instances.length === 0 ? [formatPath([id])] : instances.map((instance) => formatPath([id, instance])),
  );
  return ok({ alternatePath, formats: reading.formats, objects, paths, remarks });
}

/** Prefix of all paths that a Register with this payload announces; empty for the default root or a malformed payload. */
export function alternatePath(payload: Uint8Array): string {
  const registration = parseRegistration(payload);
  return registration.ok ? registration.value.alternatePath : '';
}

interface Draft {
  readonly id: number;
  version?: string;
  readonly instances: Set<number>;
  /** The link of the Object itself. */
  bare?: Link;
}

interface Reading {
  readonly alternatePath: string;
  readonly enabler: Enabler;
  readonly remarks: Problem[];
  readonly objects: Map<number, Draft>;
  formats: readonly number[];
}

const isRootType = (link: Link): boolean => attributeOf(link, 'rt')?.[1]?.split(' ').includes(ROOT_TYPE) ?? false;

function readLink(link: Link, reading: Reading): Problem | undefined {
  const { remarks, alternatePath: prefix } = reading;
  const remark = (code: string, message: string): void =>
    void remarks.push({ code, message, at: link.at, place: `<${link.path}>` });
  const rt = attributeOf(link, 'rt');
  if (rt && !rt[2]) remark('unquoted-rt', 'the value of rt is not quoted');
  if (link.path === '/' || (prefix !== '' && link.path === prefix)) return readRoot(link, reading);
  if (prefix !== '' && !link.path.startsWith(`${prefix}/`)) {
    remark('outside-root', `the link lies outside the alternate path ${prefix}`);
    return undefined;
  }
  const path = parseTarget(link, prefix);
  if (!path.ok) return path.problem;
  const { ids, deviations } = path.value;
  for (const code of deviations) remark(code, `${link.path} is not the plain form of a path`);
  const [object, instance] = ids;
  if (object === undefined) {
    remark('unknown-link', 'this is no Object, instance or root');
    return undefined;
  }
  if (UNLISTED[reading.enabler].includes(object)) remark('unlisted-object', `/${object} must not be listed`);
  else if (ids.length > 2) remark('listed-resource', 'Resources are not listed');
  else return readObject(link, object, instance, reading, remark);
  return undefined;
}

function readRoot(link: Link, reading: Reading): Problem | undefined {
  const ct = attributeOf(link, 'ct');
  if (!ct) return undefined;
  const numbers = (ct[1] ?? '').split(' ');
  if (!numbers.every((number) => /^(0|[1-9]\d{0,4})$/.test(number) && Number(number) <= 65_535))
    return {
      code: 'bad-value',
      message: `${JSON.stringify(ct[1] ?? '')} is no list of Content-Formats`,
      at: link.at,
      place: 'ct',
      hint: 'expected ct=110 or ct="60 110"',
    };
  reading.formats = [...new Set([...reading.formats, ...numbers.map(Number)])];
  return undefined;
}

function readObject(
  link: Link,
  id: number,
  instance: number | undefined,
  reading: Reading,
  remark: (code: string, message: string) => void,
): Problem | undefined {
  const draft = reading.objects.get(id) ?? { id, instances: new Set<number>() };
  reading.objects.set(id, draft);
  if (instance === undefined ? draft.bare : draft.instances.has(instance)) remark('duplicate', 'the link stands twice');
  else if (instance === undefined) draft.bare = link;
  else draft.instances.add(instance);
  const ver = attributeOf(link, 'ver');
  if (!ver) return undefined;
  const version = ver[1] ?? '';
  if (!/^\d+\.\d+$/.test(version))
    return {
      code: 'bad-value',
      message: `${JSON.stringify(version)} is no version`,
      at: link.at,
      place: 'ver',
      hint: 'expected a version such as 1.1',
    };
  if (ver[2] && reading.enabler !== '1.0') remark('quoted-version', 'the value of ver is quoted');
  // With one instance 1.2 lets the version stand on it (V-8); how many there are shows at the end.
  if (instance !== undefined && reading.enabler !== '1.2') remark('version-on-instance', 'ver stands on an instance');
  draft.version = version;
  return undefined;
}

function remarkOnObjects(objects: readonly Draft[], { remarks, enabler }: Reading): void {
  for (const { id, version, instances, bare } of objects)
    if (bare && instances.size > 0 && version === undefined)
      remarks.push({
        code: 'bare-object',
        message: `/${id} is listed beside its instances without a version`,
        at: bare.at,
        place: `<${bare.path}>`,
      });
  const profiled = enabler === '1.2' && objects.length === 0; // the list may be left to a profile
  if (profiled) return;
  for (const id of [1, 3])
    if (!objects.some((object) => object.id === id && object.instances.size > 0))
      remarks.push({ code: 'missing-object', message: `no instance of /${id} is listed`, place: `/${id}` });
}

/** Identifiers of a link target below a prefix; empty when it names nothing of LwM2M. */
export function parseTarget(
  link: Link,
  prefix: string,
): Result<{ readonly ids: Path; readonly deviations: readonly string[] }> {
  if (!link.path.startsWith('/'))
    return failed({ code: 'bad-path', message: `${JSON.stringify(link.path)} is no absolute path`, at: link.at });
  const deviations: string[] = [];
  let segments = link.path.slice(prefix.length + 1).split('/');
  if (segments.length > 1 && segments.at(-1) === '') {
    deviations.push('trailing-slash');
    segments = segments.slice(0, -1);
  }
  if (!segments.every((segment) => /^\d+$/.test(segment))) return ok({ ids: [], deviations });
  if (segments.some((segment) => /^0\d/.test(segment))) deviations.push('leading-zeros');
  const ids = segments.map(Number);
  if (ids.some((id) => id >= MAX_ID))
    return failed({ code: 'out-of-range', message: `${link.path} has an identifier above 65534`, at: link.at });
  if (ids.length > 4) return failed({ code: 'bad-path', message: `${link.path} has more than four ids`, at: link.at });
  return ok({ ids, deviations });
}

/** What a client announces; see {@link RegistrationPayload}. */
export interface RegistrationSpec {
  readonly alternatePath?: string;
  readonly formats?: readonly number[];
  readonly objects: readonly RegisteredObject[];
}

/** Permitted alternatives and deliberate faults of {@link formatRegistration}. */
export const REGISTRATION_STYLES = {
  'link-root': 'the root link also where it tells nothing',
  'link-blanks': 'fault: a blank after every comma (RG-05)',
  'link-quoted-version': 'ver="1.1", as LwM2M 1.0 writes it (RG-04)',
  'link-version-on-instance': 'ver on the link of the first instance (RG-03; permitted in 1.2 for a single one)',
  'link-unquoted': 'rt and the ct list without quotes (X-7, X-8)',
} as const;

/**
 * Writes the object list of a client. An Object with a version, or without instances, has a link of its own.
 *
 * @example
 * formatRegistration({ formats: [110], objects: [{ id: 1, instances: [0] }, { id: 5, instances: [] }] })
 * // => '</>;rt="oma.lwm2m";ct=110,</1/0>,</5>'
 */
export function formatRegistration(spec: RegistrationSpec, style: ReadonlySet<string> = new Set()): string {
  const { alternatePath: prefix = '', formats = [], objects } = spec;
  const unquoted = style.has('link-unquoted');
  const list = formats.join(' ');
  const ct: readonly LinkAttribute[] = formats.length === 0 ? [] : [['ct', list, formats.length > 1]];
  const needsRoot = prefix !== '' || formats.length > 0 || style.has('link-root');
  const root: LinkSpec = { path: prefix || '/', attributes: [['rt', ROOT_TYPE, !unquoted], ...ct] };
  const links = [...(needsRoot ? [root] : []), ...objects.flatMap((object) => objectLinks(object, prefix, style))];
  const text = links.map((link) => formatLinks([link])).join(style.has('link-blanks') ? ', ' : ',');
  return unquoted ? text.replace(`ct="${list}"`, `ct=${list}`) : text;
}

function objectLinks(
  { id, version, instances }: RegisteredObject,
  prefix: string,
  style: ReadonlySet<string>,
): LinkSpec[] {
  const ver: readonly LinkAttribute[] =
    version === undefined ? [] : [['ver', version, style.has('link-quoted-version')]];
  const onInstance = style.has('link-version-on-instance') && instances.length > 0;
  const own = instances.length === 0 || (ver.length > 0 && !onInstance);
  return [
    ...(own ? [{ path: prefix + formatPath([id]), attributes: ver }] : []),
    ...instances.map((instance, index) => ({
      path: prefix + formatPath([id, instance]),
      attributes: onInstance && index === 0 ? ver : [],
    })),
  ];
}
