import { testCase, utf8 } from '../../harness/case/index.js';

/** Even, so elective, and of the range for experiments; empty, and of some length. */
const UNKNOWN = [
  { number: 65_000, value: utf8('') },
  { number: 65_002, value: utf8('whatever it means') },
];

export default testCase(
  {
    id: 'transport.unknown-elective-option',
    title: 'Elective options that nobody knows are ignored',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-17', says: 'answers as without them' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const read = server.message({ method: 'GET', path: bind('readonly') });
    const plain = await server.send(read);
    const { token } = server.message({ method: 'GET', path: '/' });
    const adorned = await server.send({ ...read, token, options: [...read.options, ...UNKNOWN] });
    check('x1', [adorned.code, adorned.answer?.payload], ['2.05', plain.answer?.payload]);
  },
);
