import { testCase, type PlainContent } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn } from './_session.js';

/** What is left out of an account or wrong in it: resources of the Security and the Server instance. */
const FAULTS: Readonly<Record<string, { readonly security?: PlainContent; readonly server?: PlainContent }>> = {
  'no-server': { security: {} },
  'no-security': { server: {} },
  'other-server': { security: {}, server: { '0': 77 } },
  'server-id-zero': { security: { '10': 0 }, server: { '0': 0 } },
  'server-id-of-all': { security: { '10': 65_535 }, server: { '0': 65_535 } },
};

export default testCase(
  {
    id: 'bootstrap.finish-inconsistent',
    title: 'A bootstrap whose account does not hold together cannot end',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    variants: ['no-server', 'no-security', 'other-server', 'server-id-zero', 'server-id-of-all'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-34', says: 'refuses to end: at the Write, or at Finish with 4.06' },
    },
  },
  async ({ client, bootstrapServer, bind, variant, check }) => {
    await opened(client, bootstrapServer);
    const { security, server } = bootstrapServer.account(roomIn(bind));
    const fault = FAULTS[variant] ?? {};
    if (fault.security) await bootstrapServer.write(bind('account.security'), { ...security, ...fault.security });
    if (fault.server) await bootstrapServer.write(bind('account.server'), { ...server, ...fault.server });
    const finish = await bootstrapServer.finish();
    check('x1', finish.response.code, graded.E17);
  },
);
