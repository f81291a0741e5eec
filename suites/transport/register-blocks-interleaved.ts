import { testCase, utf8 } from '../../harness/case/index.js';
import { answerToUpdate, ofDevice, registerLike } from '../registration/_device.js';
import { locationIn } from './_location.js';
import { sendBlock } from './_uploads.js';

const LINKS = Array.from({ length: 12 }, (_, i) => 10 + i);
const list = (object: number): Uint8Array =>
  utf8(`</1/0>,</3/0>,${LINKS.map((instance) => `</${object}/${instance}>`).join(',')}`);

export default testCase(
  {
    id: 'transport.register-blocks-interleaved',
    title: 'Transfers of two devices at one time stay apart',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-26', says: 'registers both devices' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'finds both registrations again' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'knows for each what it has listed itself' },
    },
  },
  async ({ server, client, check }) => {
    const { exchange, endpoint } = await server.registered();
    const devices = [
      { name: `${endpoint}-left`, object: 3303, port: await client.elsewhere() },
      { name: `${endpoint}-right`, object: 3304, port: await client.elsewhere() },
    ];
    const last: { readonly code: string; readonly location: string }[] = [];
    for (const num of [0, 1, 2])
      for (const { name, object, port } of devices) {
        const register = registerLike(exchange, { query: ofDevice(name), payload: list(object) });
        const { code, answer } = await sendBlock(port, register, num, 2);
        if (num === 2) last.push({ code, location: locationIn(answer) });
      }
    check(
      'x1',
      last.map(({ code }) => code),
      ['2.01', '2.01'],
    );
    const answers: string[] = [];
    for (const [i, { port }] of devices.entries()) answers.push(await answerToUpdate(port, last[i]?.location ?? ''));
    check('x2', answers, ['2.04', '2.04']);
    const shown = await server.registrations();
    const mixed = devices.map(({ name, object }) => {
      const objects = shown.find((one) => one.endpoint === name)?.objects ?? [];
      return objects.some((path) => path.startsWith(object === 3303 ? '/3304/' : '/3303/'));
    });
    check('x3', mixed, [false, false]);
  },
);
