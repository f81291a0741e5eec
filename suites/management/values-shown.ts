import { testCase } from '../../harness/case/index.js';
import { readAndCompare } from './_shown.js';

const FORMATS: Readonly<Record<string, number>> = { text: 0, tlv: 11_542 };

export default testCase(
  {
    id: 'management.values-shown',
    title: 'A server shows what a client answers, in the formats of the version',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(FORMATS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'F-1', says: 'shows the values that were read' },
      x2: { by: 'server', level: 'must', req: 'F-1', says: 'shows the value of a number among them' },
    },
  },
  (context) => readAndCompare(context, FORMATS[context.variant] ?? 0),
);
