import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.session-kept',
    title: 'An Update goes over the session that stands',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    ours: { client: { keepAlive: false } },
    checks: { x1: { by: 'client', level: 'should', req: 'S-11', says: 'keeps its session for an Update' } },
  },
  async ({ client, server, channel }) => {
    const { exchange } = await server.registered();
    await client.update();
    await server.next('update', { within: 30, after: exchange });
    await channel.silence('client-hello', { for: 5, after: exchange, owed: 'x1' });
  },
);
