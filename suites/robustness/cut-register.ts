import { encodeMessage, each, having, lacks, matches, not, testCase } from '../../harness/case/index.js';
import { answerToUpdate, ofDevice, registerLike } from '../registration/_device.js';

export default testCase(
  {
    id: 'robustness.cut-register',
    title: 'A server takes no beginning of a Register for one',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    requires: 'transport.udp',
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-4', says: 'still serves who was registered before' },
      x2: { by: 'server', level: 'must', req: 'P-8', says: 'answers no part of the head with success' },
      x3: { by: 'server', level: 'must', req: 'P-8', says: 'knows no device by a part of its name' },
    },
  },
  async ({ server, client, check }) => {
    const { exchange, endpoint, location } = await server.registered();
    const name = `${endpoint}-cut`;
    const device = await client.elsewhere();
    const register = device.message(registerLike(exchange, { query: ofDevice(name) }));
    const codes: string[] = [];
    // Up to the payload: what is missing there makes another list, which may be one.
    const head = encodeMessage({ ...register, type: 'CON', id: 0, payload: new Uint8Array(0) }).length;
    for (let length = 4; length < head; length++) {
      const whole = encodeMessage({ ...register, type: 'CON', id: 0x2c00 + length });
      const sent = await device.send(whole.subarray(0, length), { within: 0.2 });
      codes.push(sent.code);
    }
    check('x1', await answerToUpdate(client, location), '2.04');
    check('x2', codes, each(not(matches(/^2/))));
    check('x3', await server.registrations(), lacks(having({ endpoint: matches(/-cut?$/) })));
  },
);
