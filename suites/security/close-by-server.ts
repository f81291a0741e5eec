import { octets, testCase } from '../../harness/case/index.js';

const byClient = ({ from, name }: { readonly from: string; readonly name: string }): boolean =>
  from === 'client' && name === 'close_notify';

export default testCase(
  {
    id: 'security.close-by-server',
    title: 'After a close_notify of its server a client makes another session for its next Update',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'server',
    ours: { client: { keepAlive: false } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'rfc5246#7.2.1',
        says: 'answers a close_notify with its own',
        continues: true,
      },
      x2: { by: 'client', level: 'must', req: 'S-2', says: 'makes a new handshake for its next Update' },
      x3: { by: 'client', level: 'should', req: 'S-11', says: 'wants to resume the session' },
    },
  },
  async ({ client, server, channel, check }) => {
    await server.registered();
    const session = await channel.connected({ within: 60 });
    server.records.record('alert', octets('01 00'));
    await client.update();
    const hello = await channel.clientHello({ within: 60, after: session, owed: 'x2' });
    check('x3', hello.resumes, true);
    await channel.alert({ within: 60, after: session, where: byClient, owed: 'x1' });
  },
);
