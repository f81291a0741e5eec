import { testCase, type Exchange, type Registration, type ServerPort } from '../../harness/case/index.js';

type Ports = Pick<ServerPort<never>, 'cancel' | 'reset' | 'notifications' | 'execute' | 'write' | 'next'>;
type Ending = (server: Ports, observation: Exchange, registration: Registration) => Promise<Exchange | undefined>;

/** Longer than the case. */
const TIMEOUT = 600;

/** How the first server ends its observation, and from where on it must not be notified. */
const ENDINGS: Readonly<Record<string, Ending>> = {
  cancelled: (server, observation) => server.cancel(observation),
  reset: async (server, observation) => {
    await server.reset(observation);
    const count = observation.notifications.length + 1;
    await server.notifications(observation, count, { within: 20 });
    return undefined;
  },
  disabled: async (server, _observation, { serverObject }) => {
    await server.write(`${serverObject}/5`, TIMEOUT);
    const disable = await server.execute(`${serverObject}/4`);
    return server.next('deregister', { within: 10, after: disable });
  },
};

export default testCase(
  {
    id: 'access-control.observations',
    title: 'An observation that one server ends goes on for the other',
    since: '1.0',
    configuration: 'C.108',
    requires:
      'servers.2 & object.2 & op.observe & op.write-attributes & attribute.pmin & attribute.pmax & role.readable.a',
    variants: Object.keys(ENDINGS),
    variantRequires: { disabled: 'op.execute & resource./1/4 & resource./1/5' },
    servers: 2,
    times: { period: { nominal: 5, quick: 3 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-7', says: 'notifies the other server as before' },
      x2: { by: 'client', level: 'must', req: 'I-5', says: 'notifies the server that ended it no more' },
    },
  },
  async ({ server, server2, times, variant, bind, check, sleep }) => {
    const registration = await server.registered();
    await server2.registered();
    const path = bind('readable.a');
    const periods = { pmin: 0, pmax: times.period };
    await server.writeAttributes(path, periods);
    await server2.writeAttributes(path, periods);
    const ended = await server.observe(path);
    const other = await server2.observe(path);
    await server.notifications(ended, 1, { within: times.period });
    await server2.notifications(other, 1, { within: times.period });

    await ENDINGS[variant]?.(server, ended, registration);
    await sleep(1);
    const before = ended.notifications.length;
    const later = await server2.read(path);
    const count = other.notifications.length + 2;
    await server2.notifications(other, count, { within: 3 * times.period, after: later, owed: 'x1' });
    check('x2', ended.notifications.length, before);
  },
);
