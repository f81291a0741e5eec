import { absent, oneOf, testCase } from '../../harness/case/index.js';
import { opened } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.request-parameters',
    title: 'A Bootstrap-Request names the client and, from 1.1, a format',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'B-11',
        says: 'is confirmable, without a payload, and names its endpoint',
      },
      x2: {
        by: 'client',
        level: 'must',
        req: 'B-12',
        says: 'prefers a format that a Bootstrap-Server may have, or none',
      },
    },
  },
  async ({ client, bootstrapServer, enabler, check }) => {
    const { request } = await opened(client, bootstrapServer);
    check('x1', [request.confirmable, request.payload.length, (request.query.get('ep') ?? '') !== ''], [true, 0, true]);
    const formats = { '1.0': [], '1.1': ['110', '112', '11542'], '1.2': ['110', '112', '11542', '11544'] };
    check('x2', request.query.get('pct'), enabler === '1.0' ? absent : oneOf(undefined, ...formats[enabler]));
  },
);
