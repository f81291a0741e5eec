import { absent, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

const TARGETS: Readonly<Record<string, { readonly role: string; readonly answer: unknown }>> = {
  'absent-object': { role: 'absent.object', answer: graded.E48Absent },
  'absent-instance': { role: 'absent.instance', answer: graded.E48Absent },
  'absent-resource': { role: 'absent.resource', answer: graded.E48Absent },
  unreadable: { role: 'reboot', answer: graded.E48Unreadable },
};

export default testCase(
  {
    id: 'reporting.observe-refused',
    title: 'What cannot be read cannot be observed',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & role.readable.a',
    variants: Object.keys(TARGETS),
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-3', says: 'refuses the Observe' },
      x2: { by: 'client', level: 'must', req: 'I-1', says: 'gives no Observe option with the refusal' },
      x3: { by: 'client', level: 'must', req: 'I-3', says: 'answers other requests as before' },
    },
  },
  async ({ server, variant, bind, check }) => {
    await server.registered();
    const target = TARGETS[variant];
    const observation = await server.observe(bind(target?.role ?? ''));
    check('x1', observation.response.code, target?.answer);
    check('x2', observation.response.observe, absent);
    const read = await server.read(bind('readable.a'));
    check('x3', read.response.code, '2.05');
  },
);
