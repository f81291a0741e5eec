import { OptionNumber, testCase, uintOption, utf8 } from '../../harness/case/index.js';
import { ASKS_WITHIN } from './_session.js';

/** A Server instance, and no Security instance for it. */
const PACK = '[{"bn":"/1/0/","n":"0","v":1},{"n":"1","v":60},{"n":"6","vb":true},{"n":"7","vs":"U"}]';

export default testCase(
  {
    id: 'bootstrap.pack-inconsistent',
    title: 'A client that gets a pack it cannot use asks for a bootstrap',
    since: '1.2',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    requires: 'op.bootstrap-pack',
    ours: { client: { bootstrapPack: true } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-41', says: 'goes on with a Bootstrap-Request' },
    },
  },
  async ({ client, bootstrapServer }) => {
    await bootstrapServer.provision({ steps: [] });
    bootstrapServer.answer(
      (request) => request.code === '0.01',
      () => ({ code: '2.05', options: [uintOption(OptionNumber.contentFormat, 110)], payload: utf8(PACK) }),
    );
    await client.start();
    const pack = await bootstrapServer.next('bootstrap-pack', { within: ASKS_WITHIN });
    await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN, after: pack, owed: 'x1' });
  },
);
