import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** Texts outside the published grammar. */
const TEXTS: Readonly<Record<string, string>> = {
  'two-digits': '10',
  unquoted: '0=a',
  'open-quote': "0='a",
  blank: "0='a b'",
  'empty-argument': '1,,2',
  'leading-comma': ',1',
  'after-quote': "0=''x",
  word: 'now',
};

export default testCase(
  {
    id: 'management.execute-arguments-refused',
    title: 'Malformed arguments of an Execute are refused, and nothing is executed',
    since: '1.0',
    configuration: 'C.1',
    our: 'server', // another's may refuse to send such a thing
    requires: 'op.execute & op.write',
    times: { quiet: { nominal: 5, quick: 2 } },
    variants: [
      'two-digits',
      'unquoted',
      'open-quote',
      'blank',
      'empty-argument',
      'leading-comma',
      'after-quote',
      'word',
    ],
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-30', says: 'answers 4.00 to arguments outside the grammar' },
      x2: { by: 'client', level: 'must', req: 'M-31', says: 'does not execute what it refuses' },
      x3: { by: 'client', level: 'must', req: 'R-19', says: 'executes it without arguments: sends an Update' },
    },
  },
  async ({ server, variant, times, check }) => {
    const { serverObject } = await server.registered();
    // No renewal may come in the time of quiet.
    const write = await server.write(`${serverObject}/1`, 86_399);
    await server.next('update', { within: 5, after: write });
    const trigger = `${serverObject}/8`;
    const refused = await server.execute(trigger, TEXTS[variant] ?? '');
    check('x1', refused.response.code, graded.E36);
    await server.silence({ for: times.quiet, after: refused, kind: 'update', owed: 'x2' });
    const executed = await server.execute(trigger);
    const update = await server.next('update', { within: 5, after: executed, owed: 'x3' });
    check('x3', update.request.method, 'POST');
  },
);
