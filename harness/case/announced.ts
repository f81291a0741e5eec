import type { Registration } from './context.js';
import { itemOf, parseRequires, type Truth } from './statement.js';

/** Objects that a client keeps out of its list, in some version: their absence says nothing. */
const UNANNOUNCED: ReadonlySet<number> = new Set([0, 21, 23]);

/**
 * Whether a registration shows that the client is not what a case requires: the expression fails for want of an Object
 * that is not announced. What else it asks for is for the statement to tell.
 */
export function isRuledOut(
  requires: string | undefined,
  { objects }: Pick<Registration, 'objects'>,
  bind: Readonly<Record<string, string>> = {},
): boolean {
  const requirement = requires === undefined ? undefined : parseRequires(requires);
  const known = (item: string): Truth => {
    const object = /^(?:object\.|resource\.\/)(\d+)(@|\/|$)/.exec(itemOf(item, bind))?.[1];
    if (object === undefined || UNANNOUNCED.has(Number(object))) return undefined;
    return objects.some((path) => path === `/${object}` || path.startsWith(`/${object}/`)) ? undefined : false;
  };
  return requirement?.ok === true && requirement.value.holds(known) === false;
}
