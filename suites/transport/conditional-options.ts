import { ContentFormat, octets, oneOf, OptionNumber, testCase, utf8 } from '../../harness/case/index.js';

/** Conditions that do not hold: the resource is there, and never had this ETag. */
const IF_NONE_MATCH = { number: OptionNumber.ifNoneMatch, value: octets('') };
const IF_MATCH = { number: OptionNumber.ifMatch, value: octets('00 11 22 33') };
const ZONE = 'Asia/Tokyo';

export default testCase(
  {
    id: 'transport.conditional-options',
    title: 'A Write whose condition does not hold is not carried out',
    since: '1.0',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write & role.writable.b',
    checks: {
      x1: { by: 'client', level: 'should', req: 'P-24', says: 'refuses a Write of what is there with If-None-Match' },
      x2: { by: 'client', level: 'should', req: 'P-24', says: 'refuses a Write with If-Match and a foreign ETag' },
      x3: { by: 'client', level: 'should', req: 'P-24', says: 'has the old value' },
      x4: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const path = bind('writable.b');
    const refused = oneOf('4.12', '4.02');
    const before = await server.read(path);
    const put = { method: 'PUT', path, contentFormat: ContentFormat.text, payload: utf8(ZONE) } as const;
    for (const [letter, option] of [
      ['x1', IF_NONE_MATCH],
      ['x2', IF_MATCH],
    ] as const) {
      const write = server.message(put);
      check(letter, (await server.send({ ...write, options: [...write.options, option] })).code, refused);
    }
    const after = await server.read(path);
    check('x4', after.response.code, '2.05');
    check('x3', after.response.payload, before.response.payload);
  },
);
