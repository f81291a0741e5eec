import { ContentFormat, octets, testCase, utf8, type AnyRequest, type Matcher } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

interface Where {
  readonly object: string;
  /** Id of an instance that is there. */
  readonly taken: number;
  /** An object that the client does not have. */
  readonly unknown: string;
}

/** A multiple string 0 with one instance, without an Object Instance around it. */
const CONTENT = '83 00 41 00 61';
/** The same in an instance, its id in two bytes. */
const instanceTlv = (id: number): Uint8Array => Uint8Array.of(0x28, id >> 8, id & 0xff, 5, ...octets(CONTENT));
const XML = 41;

const post = (path: string, contentFormat: number, payload: Uint8Array): AnyRequest => ({
  method: 'POST',
  path,
  contentFormat,
  payload,
});

/** A Create with one thing wrong, and how it is refused. */
const REQUESTS: Readonly<Record<string, readonly [Matcher, (where: Where) => AnyRequest]>> = {
  taken: [graded.E38, ({ object, taken }) => post(object, ContentFormat.tlv, instanceTlv(taken))],
  'unknown-object': [graded.E40, ({ unknown }) => post(unknown, ContentFormat.tlv, octets('C1 00 61'))],
  'unknown-format': [graded.E42, ({ object }) => post(object, XML, utf8('<value/>'))],
  malformed: [graded.X58, ({ object }) => post(object, ContentFormat.tlv, octets('83 00 41 00'))],
};

export default testCase(
  {
    id: 'management.create-refused',
    title: 'A Create that cannot be is refused, and makes nothing',
    since: '1.0',
    configuration: 'C.101',
    our: 'server',
    requires: 'op.create & object.16 & format.11542',
    variants: ['taken', 'unknown-object', 'unknown-format', 'malformed'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-34', says: 'answers with the error of the fault' },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'has the same instances and values afterwards' },
    },
  },
  async ({ server, bind, variant, check }) => {
    const { objects } = await server.registered();
    const object = bind('collection');
    const own = objects.find((path) => path.startsWith(`${object}/`));
    if (own === undefined) await server.create(object, { '0/0': 'a' }, { instance: 0 });
    const taken = Number(own?.split('/')[2] ?? 0);
    const unknown = `/${bind('absent.object').split('/')[1] ?? ''}`;
    const before = await server.read(object);
    const [answer, request] = REQUESTS[variant] ?? [graded.E40, () => post(unknown, XML, utf8(''))];
    check('x1', (await server.request(request({ object, taken, unknown }))).response.code, answer);
    const after = await server.read(object);
    check('x2', after.response.content.values, before.response.content.values);
  },
);
