import { testCase, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { sendInBlocks } from '../transport/_uploads.js';
import { answerToUpdate, ofDevice, registerLike } from './_device.js';

const COUNTS: Readonly<Record<string, number>> = { hundred: 100, thousands: 4000 };

export default testCase(
  {
    id: 'registration.many-objects',
    title: 'A server takes a long list in blocks, or says that it is too long',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(COUNTS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-26', says: 'takes the list, or refuses it as too large' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'holds the registration exactly if it has taken it' },
      x3: { by: 'server', level: 'should', req: 'R-1', says: 'knows the last instance of the list' },
      x4: { by: 'server', level: 'must', req: 'P-4', says: 'still serves who was registered before' },
    },
  },
  async ({ server, client, variant, check }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-large-${variant}`;
    const count = COUNTS[variant] ?? 0;
    const links = Array.from({ length: count }, (_, i) => `</3303/${i}>`);
    const device = await client.elsewhere();
    const payload = utf8(['</1/0>', '</3/0>', ...links].join(','));
    const sent = await sendInBlocks(device, registerLike(registration.exchange, { query: ofDevice(name), payload }), 5);
    check('x1', sent.code, graded.E32Upload);
    const isTaken = sent.code === '2.01';
    check('x2', await answerToUpdate(device, sent.location), isTaken ? '2.04' : graded.E8);
    const shown = (await server.registrations()).find(({ endpoint }) => endpoint === name);
    check('x3', shown?.objects?.some((path) => path.endsWith(`/3303/${count - 1}`)) ?? !isTaken, true);
    check('x4', await answerToUpdate(client, registration.location), '2.04');
  },
);
