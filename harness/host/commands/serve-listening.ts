import { RealClock, type Clock } from '../../base/clock.js';
import { ProblemError } from '../../base/error.js';
import { seeded, type Random } from '../../base/random.js';
import { formatDatagram } from '../../evidence/log.js';
import type { Link } from '../../link/link.js';
import { tap, type Seen } from '../../link/tap.js';
import { udpLink } from '../../link/udp.js';
import type { Setup, Sut } from '../../sut/contract.js';
import { serveStdio } from '../../sut/control-server.js';
import { serveHttp } from '../../sut/serve-http.js';
import type { Deviation } from '../../../fixtures/deviation.js';
import { hostAndPort } from '../host-and-port.js';
import { CommandError, Exit, type Io } from '../io.js';
import { onInterrupt } from '../interrupt.js';
import type { SecurityOptions } from '../security/flags.js';
import { securityOf } from '../security/options.js';
import { servedServer, withSetup, type ServedServer } from '../security/serving.js';

export type Direction = Parameters<Seen>[0];

/** A datagram as a line of the log has it. */
export type Show = (datagram: Uint8Array, direction: Direction) => string;

/** Options of a party that listens. */
export interface ListenFlags extends SecurityOptions {
  readonly listen?: string;
  readonly control?: 'stdio' | 'http';
}

/** What a party that listens stands on. */
export interface Footing {
  readonly clock: Clock;
  readonly random: Random;
  readonly link: () => Promise<Link>;
  /** What security proves of its clients. */
  readonly proven: ServedServer['setup'];
}

/** A party that can be served. */
export interface Served {
  /** That it starts with, where nobody controls it. */
  readonly setup: Setup;
  make(footing: Footing): Sut;
  /** How far its usual port lies above the default one of the scheme (RFC 7252 §6); 0 when left out. */
  readonly portAbove?: number;
  /** A datagram as a line; whole when left out. */
  readonly show?: Show;
}

/** Serves a party until ^C; or under the control contract, until its input ends. */
export async function serveListening(flags: ListenFlags, io: Io, served: Served): Promise<number> {
  const { setup, portAbove = 0, show } = served;
  const security = servedServer(securityOf(flags), (line) => io.err(`· ${line}`));
  const listen = flags.listen ?? `127.0.0.1:${security.port + portAbove}`;
  const { host, port } = hostAndPort(flags.control === undefined ? listen : '127.0.0.1');
  const clock = new RealClock();
  const link = async (): Promise<Link> => {
    const opened = security.over(await socket(host, port), clock);
    return flags.control === undefined ? logged(opened, io, show) : opened;
  };
  const party = served.make({ clock, random: ownRandom(), link, proven: security.setup });
  const sut = withSetup(party, (given) => security.take(given));
  if (flags.control === 'http') return serveOverHttp(sut, host, port, io);
  if (flags.control === 'stdio') {
    await serveStdio(sut, process.stdin, process.stdout);
    await sut.stop();
    return Exit.ok;
  }
  const { address } = await sut.start(setup);
  io.out(`listening on ${security.scheme}://${address ?? listen}`);
  await interrupted();
  await sut.stop();
  return Exit.ok;
}

/** The control contract over HTTP, until ^C. */
async function serveOverHttp(sut: Sut, host: string, port: number, io: Io): Promise<number> {
  const service = await serveHttp(sut, { host, port });
  io.out(`the control contract is at ${service.url}`);
  await interrupted();
  await service.close();
  return Exit.ok;
}

function interrupted(): Promise<void> {
  const { signal } = onInterrupt(() => undefined);
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
}

/**
 * The deviation of this name, where one is named. They are loaded only then: a peer that does as it should starts for every case.
 *
 * @throws CommandError when there is none of that name
 */
export async function deviationNamed(name: string | undefined): Promise<Deviation | undefined> {
  if (name === undefined) return undefined;
  const { deviationOf } = await import('../../../fixtures/deviations.js');
  const found = deviationOf(name);
  if (found.ok) return found.value;
  throw new CommandError(found.problem);
}

/** Fresh for every process, for ids, tokens and delays: what protects anything has a source of its own. */
export const ownRandom = (): Random => seeded((Date.now() ^ (process.pid << 16)) | 0);

/** @throws ProblemError when it cannot be opened */
export async function socket(host: string, port: number): Promise<Link> {
  const opened = await udpLink({ host, port });
  if (opened.ok) return opened.value;
  throw new ProblemError(opened.problem);
}

/** A link whose datagrams are printed, a line each. */
export const logged = (link: Link, io: Io, show: Show = formatDatagram): Link =>
  tap(link, (direction, peer, datagram) =>
    io.err(`${direction === 'out' ? '→' : '←'} ${peer} ${show(datagram, direction)}`),
  );
