import { seconds, testCase } from '../../harness/case/index.js';

interface Row {
  /** What the server that is notified attaches, and what the other one does after it. */
  readonly own: Readonly<Record<string, number>>;
  readonly other: Readonly<Record<string, number>>;
  /** Where; the lifetime of the other server is a number that this one may read. */
  readonly target: 'text' | 'number';
  /** Seconds until the notification, at least and at most. */
  readonly due: readonly [number, number];
}

/** A period that does not pass while the case runs. */
const LONG = 600;

const ROWS: Readonly<Record<string, Row>> = {
  'minimum-of-the-other': { own: { pmin: 0 }, other: { pmin: LONG }, target: 'text', due: [0, 5] },
  'minimum-of-its-own': { own: { pmin: 5 }, other: { pmin: 0 }, target: 'text', due: [5, 5] },
  'maximum-of-its-own': { own: { pmin: 0, pmax: 5 }, other: { pmin: 0, pmax: LONG }, target: 'text', due: [0, 5] },
  'threshold-of-the-other': { own: { pmin: 0 }, other: { pmin: 0, gt: 1e6 }, target: 'number', due: [0, 5] },
};

export default testCase(
  {
    id: 'access-control.attributes-act',
    title: 'What a server attached governs its own notifications, not those of another',
    since: '1.0',
    configuration: 'C.108',
    requires: 'servers.2 & object.2 & op.observe & op.write-attributes & attribute.pmin & role.writable',
    variants: Object.keys(ROWS),
    variantRequires: {
      'maximum-of-its-own': 'attribute.pmax',
      'threshold-of-the-other': 'attribute.gt & resource./1/1',
    },
    servers: 2,
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-11', says: 'notifies a server when its own attributes ask for it' },
    },
  },
  async ({ server, server2, variant, bind, check }) => {
    const { serverObject, lifetime } = await server.registered();
    await server2.registered();
    const { own, other, target, due } = ROWS[variant] ?? { own: {}, other: {}, target: 'text', due: [0, 0] };
    const path = target === 'text' ? bind('writable') : `${serverObject}/1`;
    await server2.writeAttributes(path, own);
    await server.writeAttributes(path, other);
    const observation = await server2.observe(path);
    // At the maximum period nothing changes; else the other server makes the change: it need not be told of it.
    const isSteady = own['pmax'] !== undefined;
    if (!isSteady) await server.write(path, target === 'text' ? '+05:30' : lifetime + 1);
    const [notification] = await server2.notifications(observation, 1, { within: due[1], owed: 'x1' });
    check('x1', (notification?.t ?? 0) - observation.response.t, seconds(...due));
  },
);
