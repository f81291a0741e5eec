import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, answerToUpdate, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

/** Seconds at the edges of what implementations count with. */
const LIFETIMES: Readonly<Record<string, string>> = {
  'above-31-bits': '2147483648',
  'month-in-milliseconds': '2592000000',
  '31-bits': '2147483647',
  'timer-limit': '2147484',
  '32-bits': '4294967295',
  'above-32-bits': '4294967296',
  '53-bits': '9007199254740991',
  '63-bits': '9223372036854775807',
  'above-64-bits': '18446744073709551616',
  'forty-digits': '9'.repeat(40),
  'leading-zeros': '0000000300',
};

export default testCase(
  {
    id: 'registration.lifetimes',
    title: 'A lifetime that is very long is refused, or lasts',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    times: { while: { nominal: 20, quick: 4 } },
    variants: Object.keys(LIFETIMES),
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-4', says: 'takes the lifetime, or refuses it as a bad request' },
      x2: { by: 'server', level: 'must', req: 'R-15', says: 'drops nothing before its lifetime has passed' },
      x3: { by: 'server', level: 'must', req: 'P-4', says: 'still serves who was registered before' },
    },
  },
  async ({ server, client, times, variant, check, sleep }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const name = `${registration.endpoint}-long-${variant}`;
    const query = all(ofDevice(name), withParameter(`lt=${LIFETIMES[variant] ?? '300'}`));
    const register = await device.request(registerLike(registration.exchange, { query }));
    const { code } = register.response;
    check('x1', code, graded.E1Lasting);
    await sleep(times.while);
    check('x2', await answerToUpdate(device, placeIn(register)), code === '2.01' ? '2.04' : graded.E8);
    check('x3', await answerToUpdate(client, registration.location), '2.04');
    await device.request({ method: 'DELETE', path: placeIn(register) });
  },
);
