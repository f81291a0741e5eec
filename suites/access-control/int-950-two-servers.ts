import { announcedPaths, contains, matches, testCase, type Exchange } from '../../harness/case/index.js';

/** Another lifetime is announced: an Update may also come just to renew. */
const tellsLifetime = ({ request }: Exchange): boolean => request.query.has('lt');

export default testCase(
  {
    id: 'access-control.two-servers',
    ets: { '1.0': 'int-950', '1.1': 'int-950' },
    title: 'A client of two servers registers with each, by the account of each',
    since: '1.0',
    configuration: 'C.14',
    requires: 'servers.2 & object.2',
    servers: 2,
    times: { lifetime: { nominal: 120, quick: 120 }, watch: { nominal: 10, quick: 5 } },
    checks: {
      A: { by: 'client', level: 'must', req: 'B-37', says: 'registers with each, by the values of its account' },
      B: { by: 'server', level: 'must', req: 'R-1', says: 'answers the Register with 2.01 Created' },
      x1: { by: 'client', level: 'must', req: 'R-19', says: 'tells a server the lifetime that was written for it' },
      x2: { by: 'client', level: 'must', req: 'R-19', says: 'tells the other server nothing of it' },
    },
  },
  async ({ server, server2, times, enabler, check }) => {
    const first = await server.next('register', { within: 60, owed: 'A' });
    const second = await server2.next('register', { within: 60, owed: 'A' });
    for (const { request } of [first, second]) {
      check('A', [request.query.get('lt'), request.query.get('lwm2m')], [matches(/^\d+$/), enabler]);
      check('A', announcedPaths(request.payload), contains('/3/0'));
    }
    check('B', [first.response.code, second.response.code], ['2.01', '2.01']);
    for (const port of [server, server2]) {
      const { serverObject, lifetime } = await port.registered();
      const read = await port.read(`${serverObject}/1`);
      check('A', lifetime, read.response.content.value(`${serverObject}/1`));
    }
    const { serverObject } = await server2.registered();
    const write = await server2.write(`${serverObject}/1`, times.lifetime);
    const update = await server2.next('update', { within: 5, after: write, where: tellsLifetime, owed: 'x1' });
    check('x1', update.request.query.get('lt'), String(times.lifetime));
    await server.silence({ for: times.watch, after: write, kind: 'update', where: tellsLifetime, owed: 'x2' });
  },
);
