import { each, testCase, type OwnMessages } from '../../harness/case/index.js';
import { answerToUpdate, ofDevice, registerLike } from '../registration/_device.js';
import { locationIn } from '../transport/_location.js';

/** Devices that come within ten seconds, some at one instant. */
const CLIENTS = 1000;
const SECONDS = 10;
const AT_ONCE = 20;
/** Of so many one is asked for later: a server may take seconds to answer, and the lifetime ends meanwhile. */
const ASKED = 20;

export default testCase(
  {
    id: 'robustness.thousand-clients',
    title: 'A thousand devices register within ten seconds, and each is there',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    requires: 'transport.udp',
    checks: {
      x1: { by: 'server', level: 'should', req: 'R-1', says: 'registers every one of them' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'finds each one that it said it has registered' },
      x3: { by: 'server', level: 'must', req: 'R-15', says: 'still serves who was registered before' },
    },
  },
  async ({ server, client, check, sleep }) => {
    const { exchange, endpoint, location } = await server.registered();
    const devices: { readonly port: OwnMessages; readonly sent: ReturnType<OwnMessages['send']> }[] = [];
    for (let i = 0; i < CLIENTS; i++) {
      const port = await client.elsewhere();
      const message = port.message(registerLike(exchange, { query: ofDevice(`${endpoint}-${i}`) }));
      devices.push({ port, sent: port.send(message, { within: 30 }) });
      await sleep(i % AT_ONCE === AT_ONCE - 1 ? (SECONDS * AT_ONCE) / CLIENTS : 0);
    }
    const registers = await Promise.all(devices.map(({ sent }) => sent));
    check('x1', registers.filter(({ code }) => code === '2.01').length, CLIENTS);
    const answers: string[] = [];
    for (const [i, { port }] of devices.entries()) {
      const register = registers[i];
      if (register?.code !== '2.01') continue;
      const place = locationIn(register.answer);
      if (i % ASKED === 0) answers.push(await answerToUpdate(port, place));
      await port.send(port.message({ method: 'DELETE', path: place }));
    }
    check('x2', answers, each('2.04'));
    check('x3', await answerToUpdate(client, location), '2.04');
  },
);
