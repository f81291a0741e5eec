import { between, testCase } from '../../harness/case/index.js';
import { TEXTS } from './_observation.js';

/** After this time a confirmable message is lost (RFC 7252 §4.8.2, MAX_TRANSMIT_WAIT). */
const LOST_AFTER = 93;

/** More than one notification can have, and another. */
const HELD = 12;

export default testCase(
  {
    id: 'reporting.unanswered-notification',
    title: 'A confirmable notification that nobody acknowledges is repeated, and ends its observation',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.observe & op.write-attributes & attribute.pmax & stimulus.set & role.writable & transport.udp',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-5', says: 'repeats a confirmable notification' },
      x2: { by: 'client', level: 'must', req: 'I-6', says: 'ends the observation when none of them is acknowledged' },
      x3: { by: 'client', level: 'must', req: 'P-13', says: 'goes on to answer requests' },
    },
  },
  async ({ server, client, bind, check, sleep }) => {
    await server.registered();
    const path = bind('writable');
    await server.writeAttributes(path, { pmin: 0, pmax: 600 });
    const observation = await server.observe(path);
    const texts = TEXTS.filter((text) => text !== observation.response.content.value(path));
    for (let i = 0; i < HELD; i++)
      server.answer(
        ({ type, token }) => type === 'CON' && String(token) === String(observation.request.message.token),
        () => undefined,
      );
    await client.set(path, texts[0] ?? '');
    const [first] = await server.notifications(observation, 1, { within: 10 });
    await sleep(LOST_AFTER + 5);
    // One that is not confirmable is not repeated, and ends nothing.
    const confirmable = first?.confirmable === true;
    check('x1', first?.transmissions.length, confirmable ? between(2, HELD) : 1);
    const before = observation.notifications.length;
    await client.set(path, texts[1] ?? '');
    await sleep(5);
    check('x2', observation.notifications.length, confirmable ? before : between(before, Infinity));
    const read = await server.read(path);
    check('x3', read.response.code, '2.05');
  },
);
