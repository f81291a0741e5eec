import { OptionNumber, stringOption, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'robustness.path-slash',
    title: 'A slash too many does not hurt',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'must', req: 'X-12', says: 'serves a path with an empty last segment, or refuses it' },
      x2: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const read = server.message({ method: 'GET', path: bind('readonly') });
    const options = [...read.options, stringOption(OptionNumber.uriPath, '')];
    check('x1', (await server.send({ ...read, options }, { within: 20 })).code, graded.X12);
    check('x2', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
