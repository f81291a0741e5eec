import {
  ContentFormat,
  discovered,
  each,
  encodeMessage,
  oneOf,
  octets,
  testCase,
  type Exchange,
  type Registration,
  type Sent,
} from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** A multiple string 0 with one instance: the content of a new Object Instance, whose id the client chooses. */
const CONTENT = octets('83 00 41 00 61');

const repliesOf = ({ replies }: Sent): Uint8Array[] => replies.map(encodeMessage);
const instancesOf = (discover: Exchange, registration: Registration): number =>
  discovered(discover, registration).paths.filter((path) => /^\/\d+\/\d+$/.test(path)).length;

export default testCase(
  {
    id: 'transport.duplicate-create',
    title: 'A Create that arrives twice makes one instance and is answered twice',
    since: '1.0',
    configuration: 'C.101',
    our: 'server',
    requires: 'op.create & op.discover & object.16 & format.11542 & transport.udp',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-35', says: 'answers the Create with 2.01' },
      x2: { by: 'client', level: 'should', req: 'P-11', says: 'answers the duplicate as it answered before' },
      x3: { by: 'client', level: 'should', req: 'X-72', says: 'makes one instance' },
      x4: { by: 'client', level: 'must', req: 'M-35', says: 'has made the instance' },
    },
  },
  async ({ server, bind, check }) => {
    const registration = await server.registered();
    const path = bind('collection');
    const before = instancesOf(await server.discover(path), registration);
    const create = server.message({ method: 'POST', path, contentFormat: ContentFormat.tlv, payload: CONTENT });
    const first = await server.send(create);
    check('x1', first.code, '2.01');
    const second = await server.send({ ...create, id: first.id }, { within: 3 });
    check('x2', repliesOf(second), each(oneOf(...repliesOf(first))));
    const made = instancesOf(await server.discover(path), registration) - before;
    check('x3', made > 1 ? 'again' : 'once', graded.X72);
    check('x4', made > 0, true);
  },
);
