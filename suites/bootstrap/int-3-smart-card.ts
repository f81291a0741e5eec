import { testCase } from '../../harness/case/index.js';
import { idOf } from './_session.js';

/** Lifetimes of the two accounts, in seconds. */
const DAY = 86_400;
const HALF_A_DAY = 43_200;

export default testCase(
  {
    id: 'bootstrap.smart-card',
    ets: { '1.0': 'int-3', '1.1': 'int-3' },
    title: 'A client that is given a smart card registers with the server of the card',
    since: '1.0',
    configuration: 'C.107',
    requires: 'smartcard & op.read & resource./1/1',
    servers: 2,
    smartCard: true,
    start: true,
    leavesOut: { E: 'the second server of a bench is always ours; B judges the one that need not be' },
    checks: {
      A: {
        by: 'client',
        level: 'must',
        req: 'B-2',
        says: 'registers with the server of its configuration, as that has it',
      },
      B: { by: 'server', level: 'must', req: 'R-1', says: 'answers the Register with 2.01 Created' },
      C: { by: 'client', level: 'must', req: 'M-8', says: 'shows this server the lifetime of its account' },
      D: { by: 'client', level: 'must', req: 'B-2', says: 'registers with the server of the card, as the card has it' },
      F: { by: 'client', level: 'must', req: 'M-8', says: 'shows that server the lifetime of its account' },
    },
  },
  async ({ client, server, server2, bind, check }) => {
    const register = await server.next('register', { within: 60, owed: 'A' });
    check('A', register.request.query.get('lt'), String(DAY));
    check('B', register.response.code, '2.01');
    const before = (await server.registered()).serverObject;
    const shown = await server.read(`${before}/1`);
    check('C', [shown.response.code, shown.response.content.value(`${before}/1`)], ['2.05', DAY]);

    const account = { security: idOf(bind('account.security')), server: idOf(before) };
    await client.insertCard({ ...account, of: 'server2', lifetime: HALF_A_DAY });
    const another = await server2.next('register', { within: 60, owed: 'D' });
    check('D', another.request.query.get('lt'), String(HALF_A_DAY));
    const { serverObject } = await server2.registered();
    const read = await server2.read(`${serverObject}/1`);
    check('F', [read.response.code, read.response.content.value(`${serverObject}/1`)], ['2.05', HALF_A_DAY]);
  },
);
