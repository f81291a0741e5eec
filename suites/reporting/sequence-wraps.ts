import { each, testCase } from '../../harness/case/index.js';
import { notify } from './_notifying.js';

/** Just below a half of the 24 bits: each is newer than the one before. */
const STEP = 2 ** 23 - 1;

export default testCase(
  {
    id: 'reporting.sequence-wraps',
    title: 'Observe numbers begin again after 24 bits',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    checks: {
      x1: { by: 'server', level: 'must', req: 'I-9', says: 'acknowledges every notification of a round' },
      x2: { by: 'server', level: 'must', req: 'I-9', says: 'shows the value of the newest, whatever its number' },
    },
  },
  async ({ server, client, bind, check }) => {
    await server.registered();
    const path = bind('readonly');
    const observation = await server.observe(path, { format: 0 });
    const codes: string[] = [];
    for (const turn of [1, 2, 3, 4]) {
      const sent = await notify(client, observation, { number: turn * STEP, text: `turn ${turn}` });
      codes.push(sent.code);
    }
    check('x1', codes, each('ACK', 4));
    check('x2', await server.shown(path), 'turn 4');
  },
);
