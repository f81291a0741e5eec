import { bootstrapDiscovered, contains, having, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { begun, codesOf, followed } from './_full.js';
import { roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.client-initiated',
    ets: { '1.0': 'int-0', '1.1': 'int-0' },
    title: 'A client asks, and is given the account of a server',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    errata: [
      { ref: 'ETS int-0', reading: 'the binding is a string, though its SenML key is printed bs' },
      { ref: 'RFC 6690 §2', reading: 'the version is a link of its own from 1.1; the bare form of 1.0 is taken there' },
    ],
    checks: {
      A: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'accepts the Bootstrap-Request with 2.04' },
      B: { by: 'client', level: 'must', req: 'B-24', says: 'answers both writes with 2.04' },
      C: { by: 'client', level: 'must', req: 'B-19', says: 'discovers its version and what there is' },
      D: { by: 'client', level: 'must', req: 'B-34', says: 'answers Bootstrap-Finish with 2.04' },
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-25', says: 'writes the account that it was given' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    const account = roomIn(bind);
    const request = await begun(client, bootstrapServer, account);
    check('A', request.response.code, '2.04');
    const { writes, discover, finish } = await followed(bootstrapServer, request);
    const [security, server] = [`/0/${account.security}`, `/1/${account.server}`];
    const written = { ...writes[0].request.content.values, ...writes[1].request.content.values };
    check('x1', written, having({ [`${security}/10`]: 1, [`${server}/0`]: 1, [`${server}/7`]: 'U' }));
    check('B', codesOf(...writes), ['2.04', '2.04']);

    const shown = bootstrapDiscovered(discover);
    check('C', discover.response.code, '2.05');
    check('C', shown.problem, undefined);
    check('C', shown.form, graded.X13);
    check('C', shown.paths, contains(bind('account.bootstrap')));
    check('C', shown.paths, contains('/3/0'));
    check('C', shown.servers, { [security]: 1, [server]: 1 });
    check('D', finish.response.code, '2.04');
  },
);
