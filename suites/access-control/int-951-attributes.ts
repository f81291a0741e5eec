import { contains, discovered, having, testCase, type Exchange, type Registration } from '../../harness/case/index.js';
import { instanceOf } from './_rights.js';

/** Periods, as a server attaches them. */
const FIRST = { pmin: 2, pmax: 10 };
const SECOND = { pmin: 15, pmax: 50 };

export default testCase(
  {
    id: 'access-control.attributes',
    ets: { '1.0': 'int-951', '1.1': 'int-951' },
    title: 'Each of two servers is shown the attributes that it attached',
    since: '1.0',
    configuration: 'C.14',
    requires:
      'servers.2 & object.2 & op.discover & op.write-attributes & attribute.pmin & attribute.pmax & role.readable.a & role.readable.b & role.readable.c',
    servers: 2,
    errata: [
      { ref: 'int-951', reading: 'the resources are what must be there at least' },
      { ref: 'int-951', reading: 'each server has an entry of its own for the device' },
    ],
    checks: {
      A: { by: 'client', level: 'must', req: 'M-27', says: 'answers the attributes of the first server with 2.04' },
      B: { by: 'client', level: 'must', req: 'M-27', says: 'answers those of the second with 2.04' },
      C: { by: 'client', level: 'must', req: 'I-11', says: 'shows the first server its own attributes' },
      D: { by: 'client', level: 'must', req: 'I-11', says: 'shows the second server its own' },
    },
  },
  async ({ server, server2, bind, check }) => {
    const registrations = [await server.registered(), await server2.registered()] as const;
    const readable = [bind('readable.a'), bind('readable.b'), bind('readable.c')];
    const instance = instanceOf(readable[0] ?? '');
    const shown = (discover: Exchange, registration: Registration) => {
      const { paths, links } = discovered(discover, registration);
      return { code: discover.response.code, paths, attributes: links[instance] };
    };
    check('A', (await server.writeAttributes(instance, FIRST)).response.code, '2.04');
    check('B', (await server2.writeAttributes(instance, SECOND)).response.code, '2.04');
    const first = shown(await server.discover(instance), registrations[0]);
    const second = shown(await server2.discover(instance), registrations[1]);
    check('C', first, having({ code: '2.05', attributes: having(FIRST) }));
    for (const path of readable) check('C', first.paths, contains(path));
    check('D', second, having({ code: '2.05', attributes: having(SECOND) }));
    for (const path of readable) check('D', second.paths, contains(path));
  },
);
