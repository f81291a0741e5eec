import { contains, having, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.queue-mode-held',
    ets: { '1.1': 'int-108' },
    title: 'A client that registers in queue mode is held for one',
    since: '1.1',
    configuration: 'C.1',
    requires: 'queue',
    start: true,
    ours: { client: { queueMode: true } },
    checks: {
      A: { by: 'server', level: 'must', req: 'R-1', says: 'answers the Register with 2.01 Created' },
      B: { by: 'server', level: 'must', req: 'Q-1', says: 'holds the client for one in queue mode' },
    },
  },
  async ({ server, check }) => {
    const register = await server.next('register', { within: 60, where: ({ request }) => request.query.has('Q') });
    check('A', register.response.code, '2.01');
    const { endpoint } = await server.registered();
    check('B', await server.registrations('queueMode'), contains(having({ endpoint, queueMode: true })));
  },
);
