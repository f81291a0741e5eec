import { testCase } from '../../harness/case/index.js';
import { codesOf, followed } from './_full.js';
import { accountSteps, REGISTERS_WITHIN, roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.after-failed-registration',
    ets: { '1.0': 'int-7', '1.1': 'int-7' },
    title: 'A client whose server never answers is bootstrapped and registers',
    since: '1.0',
    configuration: 'C.106',
    bootstrap: 'bootstrapped',
    our: 'server',
    times: { patience: { nominal: 1800, quick: 1800 } },
    errata: [{ ref: 'ETS int-7', reading: 'how long a client tries is its own matter: half an hour is allowed' }],
    checks: {
      A: { by: 'client', level: 'must', req: 'B-2', says: 'survives the failed registration and gives up on it' },
      B: { by: 'client', level: 'must', req: 'B-34', says: 'is bootstrapped as ever' },
      C: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'accepts the Bootstrap-Request' },
      D: { by: 'client', level: 'must', req: 'B-37', says: 'registers at the server it was given' },
      E: { by: 'server', level: 'must', req: 'R-2', says: 'accepts with 2.01' },
    },
  },
  async ({ client, server, bootstrapServer, times, bind, check }) => {
    await bootstrapServer.provision({
      steps: [
        { do: 'delete', path: '/0', optional: true },
        { do: 'delete', path: '/1', optional: true },
        ...accountSteps(bootstrapServer, roomIn(bind)),
        { do: 'discover', path: '/' },
        { do: 'finish' },
      ],
    });
    let isSilent = true;
    const keepSilent = (): void => server.answer(() => isSilent, again);
    const again = (): undefined => {
      keepSilent();
    };
    keepSilent();
    await client.start();
    await server.received('register', { within: 45 });
    const request = await bootstrapServer.next('bootstrap-request', { within: times.patience, owed: 'A' });
    isSilent = false;
    check('C', request.response.code, '2.04');
    const { writes, discover, finish } = await followed(bootstrapServer, request);
    check('B', codesOf(...writes, discover, finish), ['2.04', '2.04', '2.05', '2.04']);
    const register = await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'D' });
    check('E', register.response.code, '2.01');
  },
);
