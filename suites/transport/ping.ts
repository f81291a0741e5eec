import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'transport.ping',
    title: 'A client that is pinged answers with a Reset',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'transport.udp',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-9', says: 'answers an empty confirmable message with a Reset' },
      x2: { by: 'client', level: 'must', req: 'P-9', says: 'sends nothing else', continues: true },
      x3: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check, sleep }) => {
    await server.registered();
    const ping = await server.send({ code: '0.00' }, { within: 10 });
    check('x1', ping.code, 'RST');
    await sleep(1);
    const again = await server.send({ code: '0.00' }, { within: 10 });
    await sleep(1);
    check(
      'x2',
      [ping, again].map(({ replies }) => replies.length),
      [1, 1],
    );
    check('x3', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
