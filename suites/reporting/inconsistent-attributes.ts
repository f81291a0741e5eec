import { attributeOf, decodeLinks, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** What contradicts itself (I-14). */
const FAULTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'less-above-greater': { lt: 50, gt: 40 },
  'less-equals-greater': { lt: 40, gt: 40 },
  'step-too-wide': { lt: 20, gt: 40, st: 10 },
};

export default testCase(
  {
    id: 'reporting.inconsistent-attributes',
    title: 'Thresholds that contradict each other are refused, and nothing changes',
    since: '1.0',
    configuration: 'C.4',
    our: 'server', // another's may refuse to send such a thing
    requires: 'op.write-attributes & op.discover & attribute.gt & attribute.lt & attribute.st & role.numeric',
    variants: Object.keys(FAULTS),
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-14', says: 'refuses the attributes' },
      x2: { by: 'client', level: 'must', req: 'M-27', says: 'keeps what was attached before' },
    },
  },
  async ({ server, variant, bind, check }) => {
    await server.registered();
    const path = bind('numeric');
    await server.writeAttributes(path, { gt: 60 });
    const refused = await server.writeAttributes(path, FAULTS[variant] ?? {});
    check('x1', refused.response.code, graded.E33);
    const discover = await server.discover(path);
    const links = decodeLinks(discover.response.payload);
    const [target] = links.ok ? links.value : [];
    const shown = ['gt', 'lt', 'st'].map((name) => target && attributeOf(target, name)?.[1]);
    check('x2', shown.map(Number), [60, NaN, NaN]);
  },
);
