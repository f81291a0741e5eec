import { octets, OptionNumber, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** Critical options of a length that their number does not allow. */
const OPTIONS = {
  'accept-too-long': { number: OptionNumber.accept, value: octets('00 00 00') },
  'host-empty': { number: OptionNumber.uriHost, value: octets('') },
};

export default testCase(
  {
    id: 'transport.option-length',
    title: 'A critical option of a length that it cannot have counts as unknown',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    variants: ['accept-too-long', 'host-empty'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'rfc7252#5.4.3', says: 'answers the request 4.02 Bad Option' },
      x2: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const read = server.message({ method: 'GET', path: bind('readonly') });
    const option = new Map(Object.entries(OPTIONS)).get(variant);
    const sent = await server.send({ ...read, options: [...read.options, ...(option ? [option] : [])] });
    check('x1', sent.code, graded.E54);
    check('x2', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
