import { discovered, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'objects.create-device',
    ets: { '1.0': 'int-680', '1.1': 'int-680' },
    title: 'There is one Device instance, and no other can be created',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.create',
    checks: {
      A: { by: 'client', level: 'must', req: 'M-34', says: 'answers 4.05' },
      x1: { by: 'client', level: 'must', req: 'M-25', says: 'has no further instance afterwards' },
    },
  },
  async ({ server, check }) => {
    const registration = await server.registered();
    const create = await server.create('/3', { '14': '+01:00' }, { instance: 1 });
    check('A', create.response.code, graded.E41);
    const { paths } = discovered(await server.discover('/3'), registration);
    check(
      'x1',
      paths.filter((path) => /^\/3\/\d+$/.test(path)),
      ['/3/0'],
    );
  },
);
