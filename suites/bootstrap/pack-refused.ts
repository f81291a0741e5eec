import { testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN } from './_session.js';

const CODES: Readonly<Record<string, string>> = { 'not-there': '5.01', 'not-allowed': '4.05' };

export default testCase(
  {
    id: 'bootstrap.pack-refused',
    title: 'A client that gets no pack asks for a bootstrap',
    since: '1.2',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    requires: 'op.bootstrap-pack',
    ours: { client: { bootstrapPack: true } },
    variants: ['not-there', 'not-allowed'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-41', says: 'goes on with a Bootstrap-Request' },
    },
  },
  async ({ client, bootstrapServer, variant }) => {
    await bootstrapServer.provision({ steps: [] });
    bootstrapServer.answer(
      (request) => request.code === '0.01',
      () => ({ code: CODES[variant] ?? '5.01' }),
    );
    await client.start();
    const pack = await bootstrapServer.next('bootstrap-pack', { within: ASKS_WITHIN });
    await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN, after: pack, owed: 'x1' });
  },
);
