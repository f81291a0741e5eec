import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'objects.delete-device',
    ets: { '1.0': 'int-685', '1.1': 'int-685' },
    title: 'The Device instance cannot be deleted',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.delete',
    errata: [{ ref: 'int-685', reading: 'a line about the firmware version was pasted in by mistake' }],
    checks: {
      A: { by: 'client', level: 'must', req: 'M-40', says: 'answers 4.05 and keeps the instance' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    check('A', (await server.delete('/3/0')).response.code, graded.E45);
    check('A', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
