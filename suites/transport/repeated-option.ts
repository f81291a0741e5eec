import { OptionNumber, stringOption, testCase, uintOption } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** Critical options that count as unknown: one too many. */
const OPTIONS = {
  'accept-twice': [uintOption(OptionNumber.accept, 0), uintOption(OptionNumber.accept, 0)],
  'host-twice': [stringOption(OptionNumber.uriHost, 'one.example'), stringOption(OptionNumber.uriHost, 'two.example')],
};

export default testCase(
  {
    id: 'transport.repeated-option',
    title: 'A critical option that stands there once too often counts as unknown',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    variants: ['accept-twice', 'host-twice'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-19', says: 'answers the request 4.02 Bad Option' },
      x2: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const read = server.message({ method: 'GET', path: bind('readonly') });
    const options = [...read.options, ...(new Map(Object.entries(OPTIONS)).get(variant) ?? [])];
    check('x1', (await server.send({ ...read, options })).code, graded.E54);
    check('x2', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
