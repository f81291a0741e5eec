import { oneOf, testCase } from '../../harness/case/index.js';
import { notify } from './_notifying.js';

export default testCase(
  {
    id: 'reporting.notification-types',
    title: 'Confirmable and other notifications follow each other as the client likes',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    requires: 'transport.udp',
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'I-27',
        says: 'shows the value of a non-confirmable one, and does not reset it',
      },
      x2: { by: 'server', level: 'must', req: 'rfc7641#4.5', says: 'acknowledges a confirmable one after it' },
      x3: { by: 'server', level: 'must', req: 'I-2', says: 'shows the value of it' },
    },
  },
  async ({ server, client, bind, check }) => {
    await server.registered();
    const path = bind('readonly');
    const observation = await server.observe(path, { format: 0 });
    for (const number of [10, 20, 30]) {
      const non = await notify(client, observation, { number, text: `non ${number}`, differs: { type: 'NON' } });
      check('x1', [non.code, await server.shown(path)], [oneOf('none', 'ACK'), `non ${number}`]);
    }
    check('x2', (await notify(client, observation, { number: 40, text: 'con' })).code, 'ACK');
    check('x3', await server.shown(path), 'con');
  },
);
