import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.unsupported-preference',
    title: 'A Bootstrap-Server refuses a preferred format that it has not',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    channel: 'none',
    variants: ['foreign', 'no-number'],
    checks: {
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-12', says: 'refuses it for the format' },
    },
  },
  async ({ client, bootstrapServer, variant, check }) => {
    const { request } = await opened(client, bootstrapServer);
    const ep = `ep=${request.query.get('ep') ?? ''}`;
    const pct = variant === 'foreign' ? 'pct=41' : 'pct=tlv';
    const { response } = await client.request({ method: 'POST', path: '/bs', query: [ep, pct] });
    check('x1', response.code, variant === 'foreign' ? graded.E11 : graded.E10);
  },
);
