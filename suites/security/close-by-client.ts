import { octets, testCase } from '../../harness/case/index.js';

const byServer = ({ from, name }: { readonly from: string; readonly name: string }): boolean =>
  from === 'server' && name === 'close_notify';

export default testCase(
  {
    id: 'security.close-by-client',
    title: 'After a close_notify a client comes back in another session',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'rfc5246#7.2.1',
        says: 'answers a close_notify with its own',
        continues: true,
      },
      x2: { by: 'server', level: 'must', req: 'R-16', says: 'takes the Update that comes in the next session' },
      x3: { by: 'server', level: 'should', req: 'S-11', says: 'resumes the session' },
    },
  },
  async ({ client, server, channel, check }) => {
    const { exchange } = await server.registered();
    const session = await channel.connected({ within: 60 });
    client.records.record('alert', octets('01 00'));
    await channel.alert({ within: 10, after: session, where: byServer, owed: 'x1' });
    await client.update();
    const update = await server.next('update', { within: 60, after: exchange, owed: 'x2' });
    check('x2', update.response.code, '2.04');
    const next = await channel.connected({ within: 60, after: session });
    check('x3', next.resumed, true);
  },
);
