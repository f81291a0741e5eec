import { oneOf, OptionNumber, stringOption, testCase } from '../../harness/case/index.js';

const OPTIONS = {
  uri: stringOption(OptionNumber.proxyUri, 'coap://device.example/3/0'),
  scheme: stringOption(OptionNumber.proxyScheme, 'coap'),
};

export default testCase(
  {
    id: 'transport.proxy-options',
    title: 'A client is no proxy',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-23', says: 'refuses a request with Proxy-Uri' },
      x2: { by: 'client', level: 'must', req: 'P-23', says: 'refuses a request with Proxy-Scheme' },
      x3: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const refused = oneOf('5.05', '4.02');
    const uri = server.message({ method: 'GET', path: '/' });
    check('x1', (await server.send({ ...uri, options: [OPTIONS.uri] })).code, refused);
    const scheme = server.message({ method: 'GET', path: bind('readonly') });
    check('x2', (await server.send({ ...scheme, options: [...scheme.options, OPTIONS.scheme] })).code, refused);
    check('x3', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
