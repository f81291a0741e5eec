import { ContentFormat, OptionNumber, testCase, uintOption, utf8 } from '../../harness/case/index.js';

/** A time zone of the IANA database. */
const ZONE = 'Asia/Tokyo';

export default testCase(
  {
    id: 'transport.repeated-elective-option',
    title: 'Of an elective option that stands there once too often the first counts',
    since: '1.0',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write & role.writable.b',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-19', says: 'takes the payload as the first Content-Format says' },
      x2: { by: 'client', level: 'must', req: 'M-18', says: 'has the value' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const write = server.message({
      method: 'PUT',
      path: bind('writable.b'),
      contentFormat: ContentFormat.text,
      payload: utf8(ZONE),
    });
    const second = uintOption(OptionNumber.contentFormat, ContentFormat.tlv);
    check('x1', (await server.send({ ...write, options: [...write.options, second] })).code, '2.04');
    const read = await server.read(bind('writable.b'));
    check('x2', read.response.content.value(bind('writable.b')), ZONE);
  },
);
