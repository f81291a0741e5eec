import { ContentFormat, octets, testCase, type AnyRequest, type Matcher } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { putText } from './_requests.js';

/** The id of an Object Instance in two bytes. */
const octets16 = (instance: string): readonly number[] => {
  const id = Number(instance.split('/').at(-1));
  return [id >> 8, id & 255];
};

/** What is asked of a Server instance, and why it cannot be done. */
const REQUESTS: Readonly<Record<string, readonly [Matcher, (instance: string) => AnyRequest]>> = {
  'read-executable': [graded.E21, (instance) => ({ method: 'GET', path: `${instance}/8` })],
  'write-executable': [graded.E27Executable, (instance) => putText(`${instance}/8`, '1')],
  'execute-writable': [graded.E35, (instance) => ({ method: 'POST', path: `${instance}/1` })],
  'execute-read-only': [graded.E35, (instance) => ({ method: 'POST', path: `${instance}/0` })],
  'write-object': [
    graded.E26,
    // In order as the content of the object: with its instance around it.
    (instance) => ({
      method: 'PUT',
      path: '/1',
      contentFormat: ContentFormat.tlv,
      payload: Uint8Array.of(0x23, ...octets16(instance), ...octets('C1 06 01')),
    }),
  ],
  'delete-object': [graded.E46, () => ({ method: 'DELETE', path: '/1' })],
  'delete-resource': [graded.E46, (instance) => ({ method: 'DELETE', path: `${instance}/1` })],
};

export default testCase(
  {
    id: 'management.operation-not-allowed',
    title: 'What a target does not take is refused as not allowed',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    variants: [
      'write-object',
      'write-executable',
      'read-executable',
      'execute-writable',
      'execute-read-only',
      'delete-object',
      'delete-resource',
    ],
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'M-5',
        says: 'answers 4.05 to an operation that the object, the level or the resource does not have',
      },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'has the old values afterwards' },
    },
  },
  async ({ server, variant, check }) => {
    const { serverObject } = await server.registered();
    const before = await server.read(serverObject);
    const [answer, request] = REQUESTS[variant] ?? [graded.E21, () => ({ method: 'GET', path: '/1' })];
    check('x1', (await server.request(request(serverObject))).response.code, answer);
    const after = await server.read(serverObject);
    check('x2', after.response.content.values, before.response.content.values);
  },
);
