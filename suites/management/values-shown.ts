import { testCase } from '../../harness/case/index.js';

/** A format and whether it carries one value alone. */
const FORMATS: Readonly<Record<string, number>> = { text: 0, tlv: 11_542 };

export default testCase(
  {
    id: 'management.values-shown',
    title: 'A server shows what a client answers, in the formats of the version',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(FORMATS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'F-1', says: 'shows the values that were read' },
      x2: { by: 'server', level: 'must', req: 'F-1', says: 'shows the value of a number among them' },
    },
  },
  async ({ server, bind, variant, check }) => {
    const { serverObject } = await server.registered();
    const format = FORMATS[variant] ?? 0;
    for (const path of [bind('readonly'), bind('readable.a'), bind('readable.b')]) {
      const read = await server.read(path, { format });
      check('x1', await server.shown(path), read.response.content.value(path) ?? null);
    }
    const lifetime = `${serverObject}/1`;
    const read = await server.read(lifetime, { format });
    check('x2', await server.shown(lifetime), read.response.content.value(lifetime) ?? null);
  },
);
