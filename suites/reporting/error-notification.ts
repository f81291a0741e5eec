import { oneOf, testCase } from '../../harness/case/index.js';
import { notify } from './_notifying.js';

/** Codes of a notification that is the last one. */
const CODES: Readonly<Record<string, string>> = { 'not-found': '4.04', forbidden: '4.01', 'internal-error': '5.00' };

export default testCase(
  {
    id: 'reporting.error-notification',
    title: 'An error ends an observation, which can begin again',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(CODES),
    checks: {
      x1: { by: 'server', level: 'must', req: 'rfc7641#4.5', says: 'acknowledges the notification, or resets it' },
      x2: { by: 'server', level: 'must', req: 'I-2', says: 'can observe again, and shows what is notified then' },
    },
  },
  async ({ server, client, bind, variant, check }) => {
    await server.registered();
    const path = bind('readonly');
    const observation = await server.observe(path, { format: 0 });
    const differs = { options: [], payload: new Uint8Array(0), code: CODES[variant] ?? '4.04' };
    const ended = await notify(client, observation, { number: 100, text: '', differs });
    check('x1', ended.code, oneOf('ACK', 'RST'));
    await server.read(path, { format: 0 });
    const again = await server.observe(path, { format: 0 });
    await notify(client, again, { number: 100, text: 'again' });
    check('x2', await server.shown(path), 'again');
  },
);
