import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened } from './_session.js';

const FOREIGN = { query: ['pct=41'], refusal: graded.E11 };

/** What a client says of the format that it prefers, and how it is refused. */
const PREFERENCES: Readonly<Record<string, typeof FOREIGN>> = {
  foreign: FOREIGN,
  'no-number': { query: ['pct=tlv'], refusal: graded.E10 },
  twice: { query: ['pct=112', 'pct=110'], refusal: graded.E11Twice },
};

export default testCase(
  {
    id: 'bootstrap.unsupported-preference',
    title: 'A Bootstrap-Server refuses a preferred format that it has not',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    channel: 'none',
    variants: ['foreign', 'no-number', 'twice'],
    checks: {
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-12', says: 'refuses it for the format' },
    },
  },
  async ({ client, bootstrapServer, variant, check }) => {
    const { request } = await opened(client, bootstrapServer);
    const ep = `ep=${request.query.get('ep') ?? ''}`;
    const { query, refusal } = PREFERENCES[variant] ?? FOREIGN;
    const { response } = await client.request({ method: 'POST', path: '/bs', query: [ep, ...query] });
    check('x1', response.code, refusal);
  },
);
