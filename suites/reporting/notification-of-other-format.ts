import { not, octets, OptionNumber, testCase, uintOption, utf8 } from '../../harness/case/index.js';
import { notify } from './_notifying.js';

/** Content that the observation was not begun with, or that is none. */
const CONTENTS: Readonly<Record<string, { readonly format?: number; readonly payload: Uint8Array }>> = {
  tlv: { format: 11_542, payload: octets('C1 10 54') },
  'senml-json': { format: 110, payload: utf8('[{"bn":"/3/0/16","vs":"T"}]') },
  'no-format': { payload: utf8('T') },
  unassigned: { format: 64_999, payload: utf8('T') },
  empty: { payload: new Uint8Array(0) },
  'cut-tlv': { format: 11_542, payload: octets('C8 10 FF 54') },
  'other-path': { format: 110, payload: utf8('[{"bn":"/3/0/15","vs":"T"}]') },
  noise: { format: 112, payload: octets('9F 9F 9F 9F 9F 9F') },
};

export default testCase(
  {
    id: 'reporting.notification-of-other-format',
    title: 'A notification with content that was not asked for ends no observation',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(CONTENTS),
    checks: {
      x1: { by: 'server', level: 'should', req: 'I-5', says: 'does not reset it' },
      x2: { by: 'server', level: 'must', req: 'P-4', says: 'acknowledges the next notification' },
      x3: { by: 'server', level: 'must', req: 'I-2', says: 'shows its value' },
    },
  },
  async ({ server, client, bind, variant, check }) => {
    await server.registered();
    const path = bind('readonly');
    const observation = await server.observe(path, { format: 0 });
    const { format, payload } = CONTENTS[variant] ?? { payload: new Uint8Array(0) };
    const number = uintOption(OptionNumber.observe, ((observation.response.observe ?? 0) + 100) % 2 ** 24);
    const options = [number, ...(format === undefined ? [] : [uintOption(OptionNumber.contentFormat, format)])];
    const other = await notify(client, observation, { number: 100, text: '', differs: { options, payload } });
    check('x1', other.code, not('RST'));
    // One that was reset is over: only a new observation can go on.
    const current = other.code === 'RST' ? await server.observe(path, { format: 0 }) : observation;
    check('x2', (await notify(client, current, { number: 200, text: 'plain' })).code, 'ACK');
    check('x3', await server.shown(path), 'plain');
  },
);
