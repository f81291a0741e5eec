import { testCase } from '../../harness/case/index.js';

/** Formats of several values, each with the version that brought it. */
const FORMATS: Readonly<Record<string, number>> = { tlv: 11_542 };

export default testCase(
  {
    id: 'management.instance-shown',
    title: 'A server shows an instance as the client has it',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(FORMATS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'F-1', says: 'shows the single values of the instance' },
      x2: { by: 'server', level: 'must', req: 'F-14', says: 'shows the instances of a multiple resource' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const instance = bind('readonly').split('/').slice(0, 3).join('/');
    const read = await server.read(instance, { format: FORMATS[variant] ?? 11_542 });
    const told = (path: string): unknown => read.response.content.value(path);
    const [single, multi] = [bind('readonly'), bind('multi.instance')];
    const below = (path: string): string => path.slice(instance.length + 1);
    const shown = await server.shown(instance);
    const at = (path: string): unknown => new Map<string, unknown>(Object.entries(shown ?? {})).get(below(path));
    check('x1', at(single), told(single));
    check('x2', at(multi), told(multi));
  },
);
