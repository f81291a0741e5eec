import { testCase, type Exchange } from '../../harness/case/index.js';

const isOneOf =
  (paths: readonly string[]) =>
  ({ request }: Exchange): boolean =>
    paths.includes(request.path);

export default testCase(
  {
    id: 'management.queued-requests',
    title: 'Requests to a client that sleeps wait until it wakes, and come in order',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    requires: 'queue',
    start: true,
    ours: { client: { queueMode: true, keepAlive: false } },
    // MAX_TRANSMIT_WAIT and some more: from then on a client is taken to sleep.
    times: { asleep: { nominal: 100, quick: 100 }, while: { nominal: 10, quick: 5 } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'Q-9', says: 'sends nothing while the client sleeps' },
      x2: { by: 'server', level: 'must', req: 'Q-2', says: 'sends all that waited when the client has updated' },
      x3: {
        by: 'server',
        level: 'must',
        req: 'Q-2',
        says: 'sends it one by one, in the order in which it was ordered',
      },
    },
  },
  async ({ server, client, bind, times, check, sleep }) => {
    await server.registered();
    const awake = await server.read(bind('readonly'), { format: 0 });
    await sleep(times.asleep, awake);
    const paths = [bind('readable.b'), bind('readable.c'), bind('readable.a')];
    for (const path of paths) await server.order({ do: 'read', path, format: 0 });
    const where = isOneOf(paths);
    await server.silence({ of: 'server', after: awake, where, for: times.asleep + times.while, owed: 'x1' });
    await client.update();
    const update = await server.next('update', { within: 10 });
    const reads = [];
    for (const path of paths) reads.push(await server.sent('read', { within: 20, after: update, path, owed: 'x2' }));
    await sleep(1);
    const turns = reads.map(({ request, response }) => [request.position, response.position]).flat();
    check(
      'x3',
      turns,
      [...turns].sort((a, b) => a - b),
    );
  },
);
