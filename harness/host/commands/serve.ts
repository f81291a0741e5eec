import { createInterface } from 'node:readline';
import { RealClock } from '../../base/clock.js';
import { ProblemError } from '../../base/error.js';
import { seeded, type Random } from '../../base/random.js';
import { formatDatagram } from '../../evidence/log.js';
import type { Link } from '../../link/link.js';
import { tap } from '../../link/tap.js';
import { udpLink } from '../../link/udp.js';
import { modelFor } from '../../model/registry.js';
import type { Setup, Stimulus, Sut } from '../../sut/contract.js';
import { serveStdio } from '../../sut/control-server.js';
import { serveHttp } from '../../sut/serve-http.js';
import { referenceClient } from '../../sut/reference-client.js';
import { referenceServer } from '../../sut/reference-server.js';
import { configurationOf } from '../../../fixtures/configurations/index.js';
import type { Deviation } from '../../../fixtures/deviation.js';
import { deviationOf } from '../../../fixtures/deviations.js';
import type { ServeFlags } from '../flags.js';
import { CommandError, Exit, type Io } from '../io.js';
import { onInterrupt } from '../interrupt.js';
import { securityOf } from '../security/options.js';
import { servedClient, servedServer, withSetup, type Reached } from '../security/serving.js';
import { hostAndPort } from './run.js';

/**
 * `serve client`: a reference client at a server, or at a bootstrap-server that knows one, until it is told to quit or its
 * input ends.
 */
export async function serveClient(flags: ServeFlags, io: Io): Promise<number> {
  const peers = peersOf(flags);
  const clock = new RealClock();
  const deviation = flags.mutant === undefined ? undefined : deviationNamed(flags.mutant);
  const security = servedClient(securityOf(flags), peers[0].uri, (line) => io.err(`· ${line}`), peers[0].party);
  const sut = referenceClient({
    clock,
    random: ownRandom(),
    model: modelFor(flags.enabler),
    enabler: flags.enabler,
    link: async () => logged(security.over(await socket('0.0.0.0', 0), clock), io),
    onReach: security.onReach,
    ...(deviation?.client && { Role: deviation.client }),
    setup: { bootstrapPack: flags.pack === true },
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
  const security = servedServer(securityOf(flags), (line) => io.err(`· ${line}`));
  const listen = flags.listen ?? `127.0.0.1:${security.port}`;
  const { host, port } = hostAndPort(flags.control === undefined ? listen : '127.0.0.1');
  const clock = new RealClock();
  const deviation = flags.mutant === undefined ? undefined : deviationNamed(flags.mutant);
  const role = referenceServer({
    clock,
    random: ownRandom(),
    model: modelFor(flags.enabler),
    link: async () => {
      const link = security.over(await socket(host, port), clock);
      return flags.control === undefined ? logged(link, io) : link;
    },
    setup: security.setup,
    ...(deviation?.server && { Role: deviation.server }),
  });
  const sut = withSetup(role, (setup) => security.take(setup));
  if (flags.control === 'http') return serveOverHttp(sut, host, port, io);
  if (flags.control === 'stdio') {
    await serveStdio(sut, process.stdin, process.stdout);
    await sut.stop();
    return Exit.ok;
  }
  const { address } = await sut.start(setupOf(flags, {}, []));
  io.out(`listening on ${security.scheme}://${address ?? listen}`);
  const interrupted = onInterrupt(() => undefined);
  await new Promise<void>((resolve) => interrupted.signal.addEventListener('abort', () => resolve()));
  await sut.stop();
  return Exit.ok;
}

/** The control contract over HTTP, until ^C. */
async function serveOverHttp(sut: Sut, host: string, port: number, io: Io): Promise<number> {
  const service = await serveHttp(sut, { host, port });
  io.out(`the control contract is at ${service.url}`);
  const interrupted = onInterrupt(() => undefined);
  await new Promise<void>((resolve) => interrupted.signal.addEventListener('abort', () => resolve()));
  await service.close();
  return Exit.ok;
}

/** The bootstrap-server first. @throws CommandError when there is nobody to go to */
function peersOf({ server, bootstrapServer }: ServeFlags): [ClientPeer, ...ClientPeer[]] {
  const peers: readonly ClientPeer[] = [
    ...(bootstrapServer === undefined ? [] : [{ party: 'bootstrap-server', uri: bootstrapServer } as const]),
    ...(server === undefined ? [] : [{ party: 'server', uri: server, shortServerId: 1 } as const]),
  ];
  const [first, ...rest] = peers;
  if (first) return [first, ...rest];
  throw new CommandError({
    code: 'no-server',
    message: 'the client has nobody to go to',
    place: '--server',
    hint: 'give --server, or --bootstrap-server',
  });
}

type ClientPeer = Setup['peers'][number] & { readonly party: Reached };

const setupOf = (flags: ServeFlags, values: Setup['configuration']['values'], peers: Setup['peers']): Setup => ({
  case: 'serve',
  endpoint: flags.endpoint,
  enabler: flags.enabler,
  configuration: { id: 'C.1', values },
  peers,
  credentials: {},
});

/** Fresh for every process, for ids, tokens and delays: what protects anything has a source of its own. */
const ownRandom = (): Random => seeded((Date.now() ^ (process.pid << 16)) | 0);

async function socket(host: string, port: number): Promise<Link> {
  const opened = await udpLink({ host, port });
  if (opened.ok) return opened.value;
  throw new ProblemError(opened.problem);
}

const logged = (link: Link, io: Io): Link =>
  tap(link, (direction, peer, datagram) =>
    io.err(`${direction === 'out' ? '→' : '←'} ${peer} ${formatDatagram(datagram)}`),
  );

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

function deviationNamed(name: string): Deviation {
  const found = deviationOf(name);
  if (found.ok) return found.value;
  throw new CommandError(found.problem);
}
