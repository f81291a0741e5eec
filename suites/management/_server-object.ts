import type { Exchange } from '../../harness/case/index.js';

type Plain = string | number | boolean;
type Values = Readonly<Record<string, Plain>>;

/** Resources of object 1 that a server may write, in any version of it. */
const WRITABLE: ReadonlySet<string> = new Set(['1', '2', '3', '5', '6', '7', '10', '21', '22', '23']);

/** What a Read of a Server instance shows of the writable resources, by id. */
export const writableServerValues = ({ request, response }: Exchange): Values =>
  Object.fromEntries(
    Object.entries(response.content.values)
      .map(([path, value]) => [path.slice(request.path.length + 1), value] as const)
      .filter(([resource]) => WRITABLE.has(resource)),
  );

/** Values by absolute path. */
export const at = (instance: string, values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([resource, value]) => [`${instance}/${resource}`, value]));

/** Other values than those that are in force, of two resources whose change has no effect at once. */
export const otherValues = (now: Values): Values => ({ '6': now['6'] !== true });
