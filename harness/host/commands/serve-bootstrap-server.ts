import { EMPTY } from '../../base/bytes.js';
import { unwrap } from '../../base/error.js';
import { formatDatagram, formatMessage } from '../../evidence/log.js';
import type { Enabler } from '../../model/party.js';
import { modelFor } from '../../model/registry.js';
import { parseBootstrapConfig } from '../../sut/bootstrap-config.js';
import type { Setup, SutEvent } from '../../sut/contract.js';
import { referenceBootstrapServer, type BootstrapServerSetup } from '../../sut/reference-bootstrap-server.js';
import { decodeMessage } from '../../wire/coap/codec.js';
import type { CoapMessage } from '../../wire/coap/message.js';
import { getPathSegments } from '../../wire/coap/read.js';
import { readTextFile } from '../files.js';
import { CommandError, type Io } from '../io.js';
import { deviationNamed, serveListening, type Direction, type ListenFlags, type Show } from './serve-listening.js';

/** What `serve bootstrap-server` is told. */
export interface BootstrapServerFlags extends ListenFlags {
  readonly config?: string;
  readonly enabler: Enabler;
  readonly mutant?: string;
}

/** The two kinds of server can run side by side. */
const PORT_ABOVE = 100;

/**
 * `serve bootstrap-server`: a reference bootstrap-server with a configuration, until ^C; or under the control contract, until
 * its input ends.
 *
 * @throws CommandError, ProblemError when there is no usable configuration
 */
export async function serveBootstrapServer(flags: BootstrapServerFlags, io: Io): Promise<number> {
  const { enabler } = flags;
  const model = modelFor(enabler);
  const Role = (await deviationNamed(flags.mutant))?.bootstrapServer;
  const config = configOf(flags, (text, name) => unwrap(parseBootstrapConfig(text, name, model)));
  return serveListening(flags, io, {
    setup: setupOf(enabler),
    portAbove: PORT_ABOVE,
    show: withoutKeys('out'),
    make: ({ clock, random, link, proven }) =>
      referenceBootstrapServer({
        ...{ clock, random, link, setup: { ...proven, ...config } },
        ...(Role && { Role }),
        // Under control the setup tells which version is spoken, and events go to whoever controls.
        ...(flags.control === undefined && { enabler, onEvent: (event) => io.err(`· ${formatEvent(event)}`) }),
      }),
  });
}

/**
 * A log may be shared: what is written to Objects with keys, and a pack, are left out.
 *
 * @param packs which way they go: `out` of a bootstrap-server, `in` to a client
 */
export const withoutKeys =
  (packs: Direction): Show =>
  (datagram, direction) => {
    const decoded = decodeMessage(datagram);
    if (!decoded.ok) return formatDatagram(datagram);
    const { message } = decoded;
    const { length } = message.payload;
    if (length === 0 || !mayHoldKeys(message, direction === packs)) return formatMessage(message);
    return `${formatMessage({ ...message, payload: EMPTY })} (${length} bytes that may hold keys)`;
  };

function mayHoldKeys(message: CoapMessage, isFromBootstrapServer: boolean): boolean {
  if (!isFromBootstrapServer) return false;
  return message.code === '2.05' || (message.code === '0.03' && WITH_KEYS.has(getPathSegments(message)[0] ?? ''));
}

/** Security, OSCORE, COSE and MQTT. */
const WITH_KEYS: ReadonlySet<string> = new Set(['0', '21', '23', '24']);

/** @throws CommandError when there is none, or it cannot be read */
function configOf(
  { config, control }: BootstrapServerFlags,
  parse: (text: string, name: string) => BootstrapServerSetup,
): BootstrapServerSetup {
  if (config !== undefined) return parse(readTextFile(config), config);
  if (control !== undefined) return {};
  throw new CommandError({
    code: 'bootstrap-config-missing',
    message: 'nothing says what to do with which client',
    place: '--config',
    hint: 'give a configuration file; docs/bootstrap.md shows one',
  });
}

/** Nobody is known but who stands in the configuration. */
const setupOf = (enabler: Enabler): Setup => ({
  case: 'serve',
  endpoint: '',
  enabler,
  configuration: { id: 'C.1', values: {} },
  peers: [],
  credentials: {},
});

const formatEvent = ({ event, endpoint, text }: SutEvent): string =>
  [endpoint, event === 'log' ? undefined : event, text].filter((part) => part !== undefined).join(': ');
