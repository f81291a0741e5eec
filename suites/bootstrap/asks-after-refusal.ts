import { testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, COMMANDS_WITHIN, roomIn, wholeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.asks-after-refusal',
    title: 'A client that refused a Write may ask anew',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    ours: { client: { register: false } },
    checks: {
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'accepts the client when it asks anew' },
    },
  },
  async ({ client, bootstrapServer, bind, sleep, check }) => {
    await bootstrapServer.provision({ steps: wholeAccount(bootstrapServer, roomIn(bind)) });
    await client.start();
    client.answer(
      (request) => request.code === '0.03',
      () => ({ code: '5.00' }),
    );
    await client.bootstrap();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    const write = await bootstrapServer.commanded('bootstrap-write', { within: COMMANDS_WITHIN, after: request });
    // What the refusal means to the Bootstrap-Server is its own matter: whatever it does now, it is done with it.
    await sleep(10, write);
    const query = [`ep=${request.request.query.get('ep') ?? ''}`];
    const { response } = await client.request({ method: 'POST', path: '/bs', query });
    check('x1', response.code, '2.04');
  },
);
