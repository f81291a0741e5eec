import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, placeIn, registerLike } from './_device.js';

/** What a name may be: any text of UTF-8 that fits a parameter; a URN by preference. */
const NAMES = {
  'urn-uuid': 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  'urn-dev-ops': 'urn:dev:ops:32473-Refrigerator-5002',
  'urn-dev-os': 'urn:dev:os:32473-123456',
  'urn-imei': 'urn:imei:358240051111110',
  'urn-imei-msisdn': 'urn:imei-msisdn:358240051111110-447700900123',
  'urn-nai': 'urn:nai:device.1@realm.example',
  'one-letter': 'x',
  'digits-alone': '0123456789',
  'unreserved-marks': "a-b.c_d~e!f*g'h(i)j",
  'reserved-marks': 'a:b@c$d,e;f+g',
  'equals-signs': 'key=value==',
  ampersand: 'left&right',
  'question-mark': 'who?where#here',
  slashes: '/a//b/../c/',
  'percent-signs': '100%25%2F%zz',
  blanks: 'a name with  blanks',
  quotes: 'say "x" \\ `y`',
  brackets: '<a>[b]{c}|d^',
  'latin-letters': 'Kühlschrank-Größe-ñ',
  'other-letters': '冷蔵庫-холодильник-ثلاجة',
  'beyond-the-basic-plane': 'sensor-🌡️-𝔘',
  long: `urn:dev:os:32473-${'0123456789'.repeat(23)}`,
} as const;

export default testCase(
  {
    id: 'registration.endpoint-names',
    title: 'A client may have any name',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(NAMES),
    checks: {
      x1: { by: 'server', level: 'must', req: 'V-12', says: 'takes a client of this name' },
      x2: { by: 'server', level: 'must', req: 'V-12', says: 'knows the client by this name, to the letter' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'finds its registration again' },
    },
  },
  async ({ server, client, variant, check }) => {
    const registration = await server.registered();
    const name = new Map<string, string>(Object.entries(NAMES)).get(variant) ?? 'x';
    const device = await client.elsewhere();
    const register = await device.request(registerLike(registration.exchange, { query: ofDevice(name) }));
    const { code } = register.response;
    check('x1', code, graded.E5Name);
    const isTaken = code === '2.01';
    const shown = await server.registrations();
    check(
      'x2',
      shown.some(({ endpoint }) => endpoint === name),
      isTaken,
    );
    check('x3', await answerToUpdate(device, placeIn(register)), isTaken ? '2.04' : graded.E8);
  },
);
