import { matches, seconds, testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.request-refused',
    title: 'A client that is refused takes no commands, and asks again after a time',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    times: { again: { nominal: 900, quick: 900 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-15', says: 'refuses what the Bootstrap-Server writes all the same' },
      x2: { by: 'client', level: 'must', req: 'B-2', says: 'asks again' },
      x3: { by: 'client', level: 'should', req: 'B-10', says: 'leaves a pause before that' },
    },
  },
  async ({ client, bootstrapServer, bind, times, check, sleep, allowances }) => {
    await bootstrapServer.provision({ steps: [] });
    bootstrapServer.answer(
      (request) => request.code === '0.02',
      () => ({ code: '4.00' }),
    );
    // From 1.1 a format that cannot be had is a reason to ask once more at once: 4.00 is none.
    await client.start();
    const first = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    // A foreign client may take a moment to close with who refused it.
    if (allowances.settle > 0) await sleep(allowances.settle, first);
    const [write] = await writeAccount(bootstrapServer, roomIn(bind));
    check('x1', write.response.code, matches(/^(4\.\d\d|5\.\d\d|none|RST)$/));
    const wait = { within: times.again, after: first };
    const second = await bootstrapServer.next('bootstrap-request', { ...wait, owed: 'x2' });
    check('x3', second.request.t - first.response.t, seconds(5, times.again));
  },
);
