import { octets, testCase } from '../../harness/case/index.js';

/** What both servers use: each may choose what it likes. */
const SAME = { token: octets('70 71 72 73'), id: 0x7071 };

export default testCase(
  {
    id: 'access-control.tokens',
    title: 'Tokens and Message IDs of one server mean nothing for another',
    since: '1.0',
    configuration: 'C.108',
    our: 'server',
    requires:
      'servers.2 & object.2 & op.observe & op.write-attributes & attribute.pmin & attribute.pmax & role.readonly',
    servers: 2,
    times: { period: { nominal: 5, quick: 3 } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'rfc7252#4.4',
        says: 'answers a server that uses a Message ID and token just used by the other',
      },
      x2: {
        by: 'client',
        level: 'must',
        req: 'rfc7641#4.1',
        says: 'keeps observations of two servers apart that have the same token',
      },
    },
  },
  async ({ server, server2, times, bind, check }) => {
    await server.registered();
    await server2.registered();
    // Short: nobody but our role would fetch the rest of a notification in blocks.
    const path = bind('readonly');
    const periods = { pmin: 0, pmax: times.period };
    await server.writeAttributes(path, periods);
    await server2.writeAttributes(path, periods);
    const { code, options, payload } = server.message({ method: 'GET', path, observe: 0 });
    await server.send({ code, options, payload, ...SAME });
    const second = await server2.send({ code, options, payload, ...SAME }, { within: 10 });
    check('x1', second.code, '2.05');
    for (const port of [server, server2]) {
      const observation = await port.sent('observe', { within: 1, path });
      await port.notifications(observation, 2, { within: 3 * times.period, owed: 'x2' });
    }
  },
);
