import { ContentFormat, testCase, uintOption, utf8, OptionNumber } from '../../harness/case/index.js';
import { accountSteps, ASKS_WITHIN, COMMANDS_WITHIN, roomIn } from './_session.js';

/** As LwM2M 1.0 has it: a parameter before any link, with nothing that it belongs to. */
const LINKS_OF_OLD = utf8('lwm2m="1.0",</0/1>,</3/0>');

/** What the client answers to a Bootstrap-Discover. */
const DISCOVERED = {
  refused: { code: '4.05' },
  'links-of-old': {
    code: '2.05',
    options: [uintOption(OptionNumber.contentFormat, ContentFormat.link)],
    payload: LINKS_OF_OLD,
  },
} as const;

export default testCase(
  {
    id: 'bootstrap.old-client',
    title: 'A Bootstrap-Server serves a client that cannot be read, and is discovered in the form of 1.0 or not at all',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    ours: { client: { register: false } },
    variants: ['refused', 'links-of-old'],
    checks: {
      x1: { by: 'bootstrap-server', level: 'should', req: 'B-15', says: 'writes the account all the same' },
      x2: { by: 'bootstrap-server', level: 'should', req: 'B-34', says: 'sends Finish after what it wrote' },
    },
  },
  async ({ client, bootstrapServer, bind, variant }) => {
    await bootstrapServer.provision({
      steps: [
        { do: 'discover', path: '/' },
        { do: 'read', path: '/1' },
        ...accountSteps(bootstrapServer, roomIn(bind)),
        { do: 'finish' },
      ],
    });
    await client.start();
    for (const answer of [variant === 'refused' ? DISCOVERED.refused : DISCOVERED['links-of-old'], DISCOVERED.refused])
      client.answer(
        (request) => request.code === '0.01',
        () => answer,
      );
    await client.bootstrap();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    const wait = { within: 3 * COMMANDS_WITHIN, after: request };
    const write = await bootstrapServer.commanded('bootstrap-write', { ...wait, owed: 'x1' });
    await bootstrapServer.commanded('bootstrap-finish', { ...wait, after: write, owed: 'x2' });
  },
);
