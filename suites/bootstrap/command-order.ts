import { each, having, matches, testCase } from '../../harness/case/index.js';
import { begun, followed } from './_full.js';
import { roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.command-order',
    title: 'A Bootstrap-Server sends each command after the answer to the one before, and Finish last',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    checks: {
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'waits for each answer' },
      x2: { by: 'bootstrap-server', level: 'must', req: 'P-1', says: 'sends confirmable messages' },
      x3: { by: 'bootstrap-server', level: 'must', req: 'B-7', says: 'names Objects from the root' },
      x4: { by: 'bootstrap-server', level: 'must', req: 'B-34', says: 'sends an empty Finish, and nothing after it' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    const request = await begun(client, bootstrapServer, roomIn(bind));
    const { writes, discover, finish } = await followed(bootstrapServer, request);
    const commands = [...writes, discover, finish];
    const gaps = commands.map(({ request: sent }, i) => sent.position - (commands[i - 1] ?? request).response.position);
    check(
      'x1',
      gaps.map((gap) => gap > 0),
      each(true),
    );
    check(
      'x2',
      commands.map((command) => command.request),
      each(having({ confirmable: true })),
    );
    check(
      'x3',
      commands.map((command) => command.request.path),
      each(matches(/^\/(\d+(\/\d+){0,2}|bs)?$/)),
    );
    check('x4', finish.request.payload.length, 0);
    await bootstrapServer.silence({ of: 'server', for: 10, after: finish, owed: 'x4' });
  },
);
