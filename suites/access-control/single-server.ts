import { testCase, type Exchange, type ServerPort } from '../../harness/case/index.js';

type Asking = Pick<ServerPort<never>, 'read' | 'write' | 'create'>;
type Bind = (role: string) => string;

/** What the entries do not give, and its success. */
const REQUESTS: Readonly<Record<string, readonly [(server: Asking, bind: Bind) => Promise<Exchange>, string]>> = {
  read: [(server, bind) => server.read(bind('writable')), '2.05'],
  write: [(server, bind) => server.write(bind('writable'), '+06:30'), '2.04'],
  create: [(server, bind) => server.create(bind('collection'), { '0/0': 'new' }, { instance: 4711 }), '2.01'],
};

export default testCase(
  {
    id: 'access-control.single-server',
    title: 'A single server has every right, whatever the Access Control instances say',
    since: '1.0',
    configuration: 'C.109',
    requires: 'object.2 & role.writable',
    variants: Object.keys(REQUESTS),
    variantRequires: { create: 'op.create & object.16' },
    checks: {
      x1: { by: 'client', level: 'must', req: 'A-2', says: 'does what its only server asks' },
    },
  },
  async ({ server, variant, bind, check }) => {
    await server.registered();
    const [ask, success] = REQUESTS[variant] ?? [() => server.read(bind('writable')), ''];
    check('x1', (await ask(server, bind)).response.code, success);
  },
);
