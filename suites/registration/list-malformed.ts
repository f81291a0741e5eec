import { matches, not, octets, testCase, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, registerLike } from './_device.js';

/** What is no list of links, or none of Objects and instances. */
const LISTS: Readonly<Record<string, Uint8Array>> = {
  words: utf8('server and device'),
  'open-link': utf8('</1/0'),
  'closed-only': utf8('1/0>,3/0>'),
  'no-comma': utf8('</1/0></3/0>'),
  'open-quote': utf8('</1/0>;title="a,</3/0>'),
  'attribute-without-name': utf8('</1/0>;="a",</3/0>'),
  'empty-links': utf8('<>,<>,<>'),
  'nested-links': utf8('<'.repeat(400)),
  semicolons: utf8(`</1/0>${';'.repeat(400)},</3/0>`),
  'many-quotes': utf8(`</1/0>;title=${'"'.repeat(401)},</3/0>`),
  zeros: new Uint8Array(64),
  'no-utf8': octets('3C 2F C3 28 2F 30 3E 2C 3C 2F FF FE 3E'),
  cbor: octets('82 A1 00 64 2F 31 2F 30 A1 00 64 2F 33 2F 30'),
  'huge-ids': utf8(`</${'9'.repeat(300)}/0>,</1/${'9'.repeat(300)}>`),
  'negative-ids': utf8('</-1/0>,</3/-2>'),
};

export default testCase(
  {
    id: 'registration.list-malformed',
    title: 'A server refuses what is no list of objects, and lives on',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(LISTS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'E-6', says: 'answers, and not with an internal error' },
      x2: { by: 'server', level: 'should', req: 'E-6', says: 'refuses it as a bad request' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'still serves who was registered before' },
    },
  },
  async ({ server, client, variant, check }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const query = ofDevice(`${registration.endpoint}-malformed-${variant}`);
    const payload = LISTS[variant] ?? new Uint8Array(1);
    const { response } = await device.request(registerLike(registration.exchange, { query, payload }));
    check('x1', response.code, not(matches(/^(5|none)/)));
    check('x2', response.code, graded.E6Malformed);
    check('x3', await answerToUpdate(client, registration.location), '2.04');
  },
);
