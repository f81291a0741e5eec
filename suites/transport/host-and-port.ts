import { OptionNumber, stringOption, testCase, uintOption } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'transport.host-and-port',
    title: 'A request is served whatever host and port it names',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'should', req: 'P-22', says: 'serves a request with Uri-Host and Uri-Port' },
      x2: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const read = server.message({ method: 'GET', path: bind('readonly') });
    const plain = await server.send(read);
    const named = server.message({ method: 'GET', path: bind('readonly') });
    const authority = [stringOption(OptionNumber.uriHost, 'device.example'), uintOption(OptionNumber.uriPort, 5683)];
    const sent = await server.send({ ...named, options: [...named.options, ...authority] });
    check('x1', [sent.code, sent.answer?.payload], ['2.05', plain.answer?.payload]);
    check('x2', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
