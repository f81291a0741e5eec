import { blockOption, OptionNumber, testCase, uintOption, utf8 } from '../../harness/case/index.js';
import { answerInBlocks } from '../transport/_answering.js';
import { notify } from './_notifying.js';

const SIZES: Readonly<Record<string, number>> = { 'blocks-of-16': 0, 'blocks-of-32': 1 };
const TEXT = 'abcdefghijklmnopqrstuvwxyz'.repeat(3);

export default testCase(
  {
    id: 'reporting.notification-in-blocks',
    title: 'A server fetches the rest of a notification',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(SIZES),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-27', says: 'acknowledges the first block' },
      x2: { by: 'server', level: 'must', req: 'P-27', says: 'asks for the next ones' },
      x3: { by: 'server', level: 'must', req: 'P-27', says: 'shows the whole value' },
      x4: { by: 'server', level: 'must', req: 'I-5', says: 'takes the next notification' },
    },
  },
  async ({ server, client, bind, variant, check, sleep }) => {
    await server.registered();
    const path = bind('readonly');
    const observation = await server.observe(path, { format: 0 });
    const szx = SIZES[variant] ?? 0;
    const size = 2 ** (szx + 4);
    answerInBlocks(client, path, utf8(TEXT).subarray(size), szx, (num, usual) => later(num, usual.code ?? '2.05', szx));
    const number = uintOption(OptionNumber.observe, ((observation.response.observe ?? 0) + 100) % 2 ** 24);
    const first = {
      options: [
        number,
        uintOption(OptionNumber.contentFormat, 0),
        blockOption(OptionNumber.block2, { num: 0, more: true, szx }),
      ],
      payload: utf8(TEXT).subarray(0, size),
    };
    const sent = await notify(client, observation, { number: 100, text: '', differs: first });
    check('x1', sent.code, 'ACK');
    const whole = await server.notifications(observation, 1, { within: 10, owed: 'x2' });
    check('x2', whole.at(-1)?.payload, utf8(TEXT));
    await sleep(1);
    check('x3', await server.shown(path), TEXT);
    check('x4', (await notify(client, observation, { number: 200, text: 'short' })).code, 'ACK');
    check('x4', await server.shown(path), 'short');
  },
);

/** A later block of the text. */
function later(num: number, code: string, szx: number) {
  const size = 2 ** (szx + 4);
  const end = (num + 1) * size;
  return {
    code,
    options: [
      uintOption(OptionNumber.contentFormat, 0),
      blockOption(OptionNumber.block2, { num, more: end < TEXT.length, szx }),
    ],
    payload: utf8(TEXT).subarray(num * size, end),
  };
}
