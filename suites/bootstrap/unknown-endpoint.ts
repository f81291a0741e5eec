import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, wholeAccount } from './_session.js';

const QUERIES: Readonly<Record<string, readonly string[]>> = {
  unknown: ['ep=urn:dev:ops:32473-nobody'],
  missing: [],
  empty: ['ep='],
};

export default testCase(
  {
    id: 'bootstrap.unknown-endpoint',
    title: 'A Bootstrap-Server refuses a client that it knows nothing of',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    channel: 'none',
    variants: ['unknown', 'missing', 'empty'],
    checks: {
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-11', says: 'refuses it' },
      x2: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'sends no commands there' },
    },
  },
  async ({ client, bootstrapServer, bind, variant, check }) => {
    await opened(client, bootstrapServer);
    await bootstrapServer.provision({ steps: wholeAccount(bootstrapServer, roomIn(bind)) });
    const stranger = await client.request({ method: 'POST', path: '/bs', query: QUERIES[variant] ?? [] });
    check('x1', stranger.response.code, graded.E10);
    await bootstrapServer.silence({ of: 'server', for: 10, after: stranger, kind: 'bootstrap-write', owed: 'x2' });
  },
);
