import { testCase } from '../../harness/case/index.js';

const FORMATS: Readonly<Record<string, number>> = { 'senml-json': 110, 'senml-cbor': 112, cbor: 60 };

export default testCase(
  {
    id: 'management.values-shown-later',
    title: 'A server shows what a client answers, in the formats that came with 1.1',
    since: '1.1',
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
    const format = FORMATS[variant] ?? 110;
    for (const path of [bind('readonly'), bind('readable.a'), bind('readable.b')]) {
      const read = await server.read(path, { format });
      check('x1', await server.shown(path), read.response.content.value(path) ?? null);
    }
    const lifetime = `${serverObject}/1`;
    const read = await server.read(lifetime, { format });
    check('x2', await server.shown(lifetime), read.response.content.value(lifetime) ?? null);
  },
);
