import { matches, not, oneOf, testCase, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** Odd, so critical, and of the range for experiments. */
const UNKNOWN = { number: 65_001, value: utf8('x') };

export default testCase(
  {
    id: 'transport.unknown-critical-option',
    title: 'A request with a critical option that nobody knows is not served',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'must', req: 'E-54', says: 'answers it 4.02 Bad Option when it is confirmable' },
      x2: { by: 'client', level: 'must', req: 'P-18', says: 'does not serve it when it is non-confirmable' },
      x3: { by: 'client', level: 'should', req: 'rfc7252#4.3', says: 'answers nothing but a Reset then' },
      x4: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const read = server.message({ method: 'GET', path: bind('readonly') });
    const options = [...read.options, UNKNOWN];
    check('x1', (await server.send({ ...read, options })).code, graded.E54);

    const { token } = server.message({ method: 'GET', path: '/' });
    const nonConfirmable = await server.send({ ...read, token, type: 'NON', options }, { within: 3 });
    check('x2', nonConfirmable.code, not(matches(/^2/)));
    check('x3', nonConfirmable.code, oneOf('none', 'RST'));
    check('x4', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
