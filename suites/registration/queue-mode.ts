import { contains, having, matches, testCase } from '../../harness/case/index.js';

/** How `b` and `Q` tell of queue mode: letters of 1.0, a flag of its own later. */
const FORMS = { '1.0': /^(UQ|SQ|UQS) $/, '1.1': /^[A-PR-Z]+ Q$/, '1.2': /^[A-PR-Z]+ Q$/ };

export default testCase(
  {
    id: 'registration.queue-mode',
    title: 'Queue mode is announced in the form of the version, and understood',
    since: '1.0',
    configuration: 'C.1',
    requires: 'queue',
    start: true,
    ours: { client: { queueMode: true } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'Q-1', says: 'announces queue mode in the form of its version' },
      x2: { by: 'server', level: 'must', req: 'Q-1', says: 'holds the client for one in queue mode' },
    },
  },
  async ({ server, enabler, check }) => {
    const { request } = await server.next('register', { within: 60, owed: 'x1' });
    const { query } = request;
    check('x1', `${query.get('b') ?? 'U'} ${query.has('Q') ? 'Q' : ''}`, matches(FORMS[enabler]));
    const registration = await server.registered();
    const held = having({ endpoint: registration.endpoint, queueMode: true });
    check('x2', await server.registrations('queueMode'), contains(held));
  },
);
