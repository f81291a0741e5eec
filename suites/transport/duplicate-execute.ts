import { each, encodeMessage, oneOf, testCase, type Sent } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

const repliesOf = ({ replies }: Sent): Uint8Array[] => replies.map(encodeMessage);

export default testCase(
  {
    id: 'transport.duplicate-execute',
    title: 'An Execute that arrives twice is carried out once and answered twice',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.execute & transport.udp',
    times: { reaction: { nominal: 10, quick: 4 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-26', says: 'answers the Execute of the update trigger with 2.04' },
      x2: { by: 'client', level: 'must', req: 'R-26', says: 'sends an Update' },
      x3: { by: 'client', level: 'should', req: 'P-11', says: 'answers the duplicate as it answered before' },
      x4: { by: 'client', level: 'should', req: 'X-72', says: 'sends no second Update' },
      x5: {
        by: 'client',
        level: 'must',
        req: 'R-26',
        says: 'carries out the next Execute, which has an id of its own',
      },
    },
  },
  async ({ server, times, check }) => {
    const { serverObject } = await server.registered();
    const trigger = server.message({ method: 'POST', path: `${serverObject}/8` });
    const first = await server.send(trigger);
    check('x1', first.code, '2.04');
    const update = await server.next('update', { within: times.reaction, after: first, owed: 'x2' });
    check('x2', update.request.method, 'POST');

    const second = await server.send({ ...trigger, id: first.id }, { within: 3 });
    check('x3', repliesOf(second), each(oneOf(...repliesOf(first))));
    const again = await server.maybe('update', { within: times.reaction, after: update });
    check('x4', again ? 'again' : 'once', graded.X72);

    const third = await server.execute(`${serverObject}/8`);
    await server.next('update', { within: times.reaction, after: third, owed: 'x5' });
    check('x5', third.response.code, '2.04');
  },
);
