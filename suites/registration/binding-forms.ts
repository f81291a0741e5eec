import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, answerToUpdate, ofDevice, placeIn, registerLike, withoutParameter, withParameter } from './_device.js';

const NONE = (sent: readonly string[]): readonly string[] => withoutParameter('Q')(withoutParameter('b')(sent));

/** Forms by version: letters together with queue mode in 1.0, apart from it later. */
const FORMS: Readonly<Record<string, { readonly old: readonly string[]; readonly later: readonly string[] }>> = {
  none: { old: [], later: [] },
  first: { old: ['b=U'], later: ['b=U'] },
  queue: { old: ['b=UQ'], later: ['b=U', 'Q'] },
  'queue-first': { old: ['b=UQ'], later: ['Q', 'b=U'] },
  'queue-alone': { old: ['b=UQ'], later: ['Q'] },
  two: { old: ['b=US'], later: ['b=UT'] },
  'in-other-order': { old: ['b=UQS'], later: ['b=TU'] },
  three: { old: ['b=UQS'], later: ['b=NUT'] },
};

export default testCase(
  {
    id: 'registration.binding-forms',
    title: 'A server takes every form of binding and queue mode',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(FORMS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'X-64', says: 'takes the Register' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'finds the registration again' },
    },
  },
  async ({ server, client, enabler, variant, check }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const form = FORMS[variant]?.[enabler === '1.0' ? 'old' : 'later'] ?? [];
    const query = all(ofDevice(`${registration.endpoint}-bound-${variant}`), NONE, ...form.map(withParameter));
    const register = await device.request(registerLike(registration.exchange, { query }));
    check('x1', register.response.code, graded.X64);
    check('x2', await answerToUpdate(device, placeIn(register)), '2.04');
  },
);
