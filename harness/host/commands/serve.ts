import { createInterface } from 'node:readline';
import { RealClock, type Clock } from '../../base/clock.js';
import { formatProblem } from '../../base/error.js';
import type { Link } from '../../link/link.js';
import { namedLink } from '../../link/named.js';
import { resolveAddress } from '../../link/udp.js';
import { modelFor } from '../../model/registry.js';
import type { Setup, Stimulus, Sut } from '../../sut/contract.js';
import { environmentCredentials } from '../../sut/placeholders.js';
import { referenceClient } from '../../sut/reference-client.js';
import { referenceServer } from '../../sut/reference-server.js';
import { configurationOf } from '../../../fixtures/configurations/index.js';
import type { ServeFlags } from '../flags.js';
import { CommandError, Exit, type Io } from '../io.js';
import { onInterrupt } from '../interrupt.js';
import { smartCardIn } from '../smart-card.js';
import { securityOf } from '../security/options.js';
import { servedClient, type Reached } from '../security/serving.js';
import { withoutKeys } from './serve-bootstrap-server.js';
import { deviationNamed, logged, ownRandom, serveListening, socket } from './serve-listening.js';

/**
 * `serve client`: a reference client at a server, or at a bootstrap-server that knows one, until it is told to quit or its
 * input ends.
 */
export async function serveClient(flags: ServeFlags, io: Io): Promise<number> {
  const peers = peersOf(flags);
  const clock = new RealClock();
  const deviation = await deviationNamed(flags.mutant);
  const tell = (line: string): void => io.err(`· ${line}`);
  const model = modelFor(flags.enabler);
  const smartCard = flags.smartCard === undefined ? undefined : smartCardIn(flags.smartCard, model, tell);
  const [first = NOBODY] = peers;
  const security = servedClient(
    securityOf(flags),
    first.uri,
    tell,
    smartCard ? NOBODY.party : first.party,
    environmentCredentials(process.env),
  );
  const sut = referenceClient({
    clock,
    random: ownRandom(),
    model,
    enabler: flags.enabler,
    link: async () => logged(security.over(await named(first.uri, clock, tell), clock), io, withoutKeys('in')),
    onReach: security.onReach,
    ...(deviation?.client && { Role: deviation.client }),
    setup: { bootstrapPack: flags.pack === true },
    ...(smartCard && { smartCard }),
  });
  const configured = configurationOf(flags.configuration).values;
  const values = { ...configured, ...(flags.lifetime !== undefined && { '/1/0/1': flags.lifetime }) };
  await sut.start({ ...setupOf(flags, values, peers), credentials: security.credentials });
  io.out('started');
  await untilQuit(sut, io);
  await sut.stop();
  return Exit.ok;
}

/** `serve server`: a reference server, until ^C; or under the control contract, until its input ends. */
export async function serveServer(flags: ServeFlags, io: Io): Promise<number> {
  const deviation = await deviationNamed(flags.mutant);
  return serveListening(flags, io, {
    setup: setupOf(flags, {}, []),
    make: ({ clock, random, link, proven }) =>
      referenceServer({
        ...{ clock, random, link },
        model: modelFor(flags.enabler),
        setup: proven,
        ...(deviation?.server && { Role: deviation.server }),
      }),
  });
}

/** A socket for a client that knows host names: of the family of the first server, where that is an address. */
async function named(uri: string, clock: Clock, tell: (line: string) => void): Promise<Link> {
  const link = await socket(uri.includes('[') ? '::' : '0.0.0.0', 0);
  return namedLink({
    ...{ link, clock },
    resolve: (name) => resolveAddress(name, link.local),
    failed: (problem) => tell(formatProblem(problem)),
  });
}

type ClientPeer = Setup['peers'][number] & { readonly party: Reached };

/** Where a smart card alone says whom to go to. */
const NOBODY: ClientPeer = { party: 'bootstrap-server', uri: 'coap://' };

/** The bootstrap-server first. @throws CommandError when there is nobody to go to */
function peersOf({ smartCard, ...flags }: ServeFlags): readonly ClientPeer[] {
  // A SUT file names both in every case: what is empty is nobody.
  const server = flags.server || undefined;
  const server2 = flags.server2 || undefined;
  const bootstrapServer = flags.bootstrapServer || undefined;
  if (server === undefined && bootstrapServer === undefined && smartCard === undefined)
    throw new CommandError({
      code: 'no-server',
      message: 'the client has nobody to go to',
      place: '--server',
      hint: 'give --server, --bootstrap-server, or --smart-card',
    });
  return [
    ...(bootstrapServer === undefined ? [] : [{ party: 'bootstrap-server', uri: bootstrapServer } as const]),
    ...(server === undefined ? [] : [{ party: 'server', uri: server, shortServerId: 1 } as const]),
    ...(server2 === undefined ? [] : [{ party: 'server', uri: server2, shortServerId: 2 } as const]),
  ];
}

const setupOf = (flags: ServeFlags, values: Setup['configuration']['values'], peers: Setup['peers']): Setup => ({
  case: 'serve',
  endpoint: flags.endpoint,
  enabler: flags.enabler,
  configuration: { id: 'C.1', values },
  peers,
  credentials: {},
});

/** Does what the lines on standard input say. */
async function untilQuit(sut: Sut, io: Io): Promise<void> {
  const interrupted = onInterrupt(() => undefined);
  const lines = createInterface({ input: process.stdin });
  interrupted.signal.addEventListener('abort', () => lines.close());
  for await (const line of lines) {
    if (line.trim() === 'quit') break;
    const stimulus = parseLine(line.trim());
    if (stimulus === undefined) io.err(`not understood: ${line} (${INPUT})`);
    else io.err(`${line.trim()}: ${JSON.stringify(await sut.stimulate(stimulus))}`);
  }
  lines.close();
  interrupted.dispose();
}

const INPUT = 'set PATH VALUE, update, deregister, restart, bootstrap, quit';

function parseLine(line: string): Stimulus | undefined {
  const [word, path, ...rest] = line.split(' ');
  if (word === 'set' && path !== undefined) return { do: 'set', path, value: rest.join(' ') };
  const isWord = word === 'update' || word === 'deregister' || word === 'restart' || word === 'bootstrap';
  return isWord ? { do: word } : undefined;
}
