import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'transport.duplicate-non-confirmable',
    title: 'A non-confirmable Execute is carried out, and once when it arrives twice',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.execute & transport.udp',
    times: { reaction: { nominal: 10, quick: 4 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-1', says: 'carries out a non-confirmable Execute: sends an Update' },
      x2: { by: 'client', level: 'should', req: 'X-72', says: 'sends no second Update for the duplicate' },
      x3: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, times, bind, check }) => {
    const { serverObject } = await server.registered();
    const trigger = { ...server.message({ method: 'POST', path: `${serverObject}/8` }), type: 'NON' } as const;
    const first = await server.send(trigger, { within: times.reaction });
    const update = await server.next('update', { within: times.reaction, after: first, owed: 'x1' });
    check('x1', update.request.method, 'POST');
    await server.send({ ...trigger, id: first.id }, { within: 2 });
    const again = await server.maybe('update', { within: times.reaction, after: update });
    check('x2', again ? 'again' : 'once', graded.X72);
    check('x3', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
