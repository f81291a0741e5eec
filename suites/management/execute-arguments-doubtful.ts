import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'management.execute-arguments-doubtful',
    title: 'Arguments that some versions leave open are refused',
    since: '1.0',
    configuration: 'C.1',
    our: 'server', // another's may refuse to send such a thing
    requires: 'op.execute',
    variants: ['repeated', 'blank-between'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-30', says: 'answers 4.00 to a digit that comes twice, or to blanks' },
      x2: { by: 'client', level: 'must', req: 'M-31', says: 'still executes' },
    },
  },
  async ({ server, variant, check }) => {
    const { serverObject } = await server.registered();
    const trigger = `${serverObject}/8`;
    const isRepeated = variant === 'repeated';
    const { response } = await server.execute(trigger, isRepeated ? '5,5' : '5, 6');
    check('x1', response.code, isRepeated ? graded.E36Repeated : graded.X42);
    check('x2', (await server.execute(trigger)).response.code, '2.04');
  },
);
