import { testCase, type Exchange, type ServerPort } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { instanceOf, objectOf, rulerOf } from './_rights.js';

type Asking = ServerPort<never>;

/** Where things are, for a server that owns nothing of it. */
interface Places {
  readonly writable: string;
  /** The Server Object Instance of the other server. */
  readonly serverObject: string;
  /** Of an object in which it may do nothing. */
  readonly hidden: string;
  /** The instance of object 2 that rules the writable. */
  readonly ruler: string;
}

/** What a server asks for without the right, each with the target that must be the same after it. */
const REQUESTS: Readonly<
  Record<string, readonly [(server: Asking, places: Places) => Promise<Exchange>, keyof Places]>
> = {
  'write-resource': [(server, { writable }) => server.write(writable, '+06:30'), 'writable'],
  'write-instance': [
    (server, { writable }) =>
      server.write(instanceOf(writable), { [writable.split('/')[3] ?? '']: '+06:30' }, { mode: 'update' }),
    'writable',
  ],
  'write-own-entry': [(server, { ruler }) => server.write(`${ruler}/2`, { '1': 15, '2': 15 }), 'ruler'],
  'write-owner': [(server, { ruler }) => server.write(`${ruler}/3`, 2), 'ruler'],
  'write-lifetime-of-other': [(server, { serverObject }) => server.write(`${serverObject}/1`, 86_000), 'serverObject'],
  execute: [(server, { serverObject }) => server.execute(`${serverObject}/8`), 'serverObject'],
  create: [(server, { hidden }) => server.create(objectOf(hidden), { '0/0': 'new' }, { instance: 4711 }), 'hidden'],
  delete: [(server, { hidden }) => server.delete(instanceOf(hidden)), 'hidden'],
  'write-attributes': [(server, { hidden }) => server.writeAttributes(instanceOf(hidden), { pmin: 1 }), 'hidden'],
  read: [(server, { hidden }) => server.read(hidden), 'hidden'],
  'read-instance': [(server, { hidden }) => server.read(instanceOf(hidden)), 'hidden'],
  observe: [(server, { hidden }) => server.observe(hidden), 'hidden'],
};

const HIDDEN = 'role.collection.multi';

export default testCase(
  {
    id: 'access-control.closed',
    title: 'What a server has no right to do is refused, and not done',
    since: '1.0',
    configuration: 'C.108',
    requires: 'servers.2 & object.2 & op.read & role.writable',
    variants: Object.keys(REQUESTS),
    variantRequires: {
      'write-instance': 'op.write-update',
      execute: 'op.execute & resource./1/8',
      create: `op.create & ${HIDDEN}`,
      delete: `op.delete & ${HIDDEN}`,
      'write-attributes': `op.write-attributes & attribute.pmin & ${HIDDEN}`,
      read: HIDDEN,
      'read-instance': HIDDEN,
      observe: `op.observe & ${HIDDEN}`,
    },
    servers: 2,
    checks: {
      x1: { by: 'client', level: 'must', req: 'A-6', says: 'answers 4.01' },
      x2: { by: 'client', level: 'must', req: 'A-10', says: 'has what it had before' },
    },
  },
  async ({ server, server2, variant, bind, check }) => {
    const { serverObject } = await server.registered();
    await server2.registered();
    const writable = bind('writable');
    const ruler = await rulerOf(server, writable);
    const places: Places = { writable, serverObject, hidden: bind('collection.multi'), ruler };
    const [ask, target] = REQUESTS[variant] ?? [() => server2.read(writable), 'writable'];
    // A created instance shows in its object, anything else where it is.
    const shown = target === 'hidden' ? objectOf(places.hidden) : places[target];
    const before = await server.read(shown);
    check('x1', (await ask(server2, places)).response.code, graded.E23);
    const after = await server.read(shown);
    check('x2', after.response.content.values, before.response.content.values);
  },
);
