import { oneOf, testCase } from '../../harness/case/index.js';

const MAX_FRAGMENT_LENGTH = 1;

export default testCase(
  {
    id: 'security.max-fragment-length',
    title: 'A server takes the fragment length that a client asks for, or ignores it',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { channel: { maxFragmentLength: 512 } } },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'rfc6066#4',
        says: 'confirms the length that was asked for, or says nothing of it',
      },
      x2: { by: 'server', level: 'must', req: 'rfc6066#4', says: 'has a session with such a client' },
    },
  },
  async ({ channel, check }) => {
    const hello = await channel.serverHello({ within: 60, owed: 'x2' });
    check('x1', [...hello.extension(MAX_FRAGMENT_LENGTH)].join(), oneOf('', '1'));
    await channel.connected({ within: 60, after: hello, owed: 'x2' });
  },
);
