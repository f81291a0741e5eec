import { ContentFormat, matches, octets, testCase, type AnyRequest } from '../../harness/case/index.js';

const REQUESTS: Readonly<Record<string, () => AnyRequest>> = {
  finish: () => ({ method: 'POST', path: '/bs' }),
  'delete-all': () => ({ method: 'DELETE', path: '/' }),
  'delete-object': () => ({ method: 'DELETE', path: '/1' }),
  'write-security': () => ({
    method: 'PUT',
    path: '/0/0',
    contentFormat: ContentFormat.tlv,
    payload: octets('C1 01 00'),
  }),
  'write-server': () => ({ method: 'PUT', path: '/1', contentFormat: ContentFormat.tlv, payload: octets('02 09') }),
};

export default testCase(
  {
    id: 'bootstrap.ordinary-server',
    title: 'What only a Bootstrap-Server may order is refused to any other server',
    since: '1.0',
    configuration: 'C.102',
    bootstrap: 'bootstrapped',
    our: 'server',
    variants: ['finish', 'delete-all', 'delete-object', 'write-security', 'write-server'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-15', says: 'refuses it' },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'answers the server as before' },
    },
  },
  async ({ client, server, variant, check }) => {
    await client.start();
    const { serverObject } = await server.registered();
    const { response } = await server.request((REQUESTS[variant] ?? (() => ({ method: 'POST', path: '/bs' })))());
    check('x1', response.code, matches(/^4\.\d\d$/));
    const probe = await server.read(`${serverObject}/1`);
    check('x2', probe.response.code, '2.05');
  },
);
