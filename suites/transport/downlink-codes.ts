import { testCase, utf8 } from '../../harness/case/index.js';
import { inFormat, isReadOf } from './_answering.js';

/** Answers to a Read that no client gives, or seldom. */
const ANSWERS: Readonly<Record<string, { readonly code: string; readonly text?: string }>> = {
  'not-found': { code: '4.04' },
  'empty-content': { code: '2.05' },
  created: { code: '2.01', text: 'made' },
  deleted: { code: '2.02' },
  valid: { code: '2.03' },
  changed: { code: '2.04', text: 'changed' },
  unassigned: { code: '2.29', text: 'new' },
  'unassigned-error': { code: '4.31', text: 'why' },
  'too-many-requests': { code: '4.29' },
  'internal-error': { code: '5.00', text: 'diagnostic' },
  unavailable: { code: '5.03' },
  'unassigned-server-error': { code: '5.31' },
};

export default testCase(
  {
    id: 'transport.downlink-codes',
    title: 'Whatever a client answers, the server goes on',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(ANSWERS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-4', says: 'sends the next request, and takes its answer' },
      x2: { by: 'server', level: 'must', req: 'R-15', says: 'still holds the registration' },
    },
  },
  async ({ server, client, bind, variant, check, sleep }) => {
    const { endpoint } = await server.registered();
    const path = bind('readonly');
    const { code, text } = ANSWERS[variant] ?? { code: '4.04' };
    client.answer(isReadOf(path), () => ({
      code,
      ...(text !== undefined && { options: code.startsWith('2') ? inFormat(0) : [], payload: utf8(text) }),
    }));
    await server.order({ do: 'read', path, format: 0 });
    await server.sent('read', { within: 10, path });
    await sleep(1);
    const next = await server.read(bind('readable.a'), { format: 0 });
    check('x1', await server.shown(bind('readable.a')), next.response.content.value(bind('readable.a')));
    const shown = await server.registrations();
    check('x2', shown.filter((one) => one.endpoint === endpoint).length, 1);
  },
);
