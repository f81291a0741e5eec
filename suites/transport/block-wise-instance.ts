import { absent, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'transport.block-wise-instance',
    title: 'The values of an instance are read in blocks of 16 bytes',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    ours: { server: { blockSize: 16 } },
    requires: 'op.read & block-wise',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-27', says: 'gives full blocks of the content' },
      x2: { by: 'client', level: 'must', req: 'P-27', says: 'gives a content that can be decoded' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const instance = bind('readonly').split('/').slice(0, 3).join('/');
    const read = await server.read(instance);
    // A transfer that ends early is the client's doing where its block is not full, else the server's.
    check('x1', [read.response.code, read.response.whole || read.response.payload.length === 16], ['2.05', true]);
    check('x2', read.response.content.problem, absent);
    const value = await server.read(bind('readonly'));
    check('x2', read.response.content.value(bind('readonly')), value.response.content.value(bind('readonly')));
  },
);
