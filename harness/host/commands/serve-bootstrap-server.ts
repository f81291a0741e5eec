import { readFileSync } from 'node:fs';
import { unwrap } from '../../base/error.js';
import type { Enabler } from '../../model/party.js';
import { modelFor } from '../../model/registry.js';
import { parseBootstrapConfig } from '../../sut/bootstrap-config.js';
import type { Setup, Sut } from '../../sut/contract.js';
import { referenceBootstrapServer, type BootstrapServerSetup } from '../../sut/reference-bootstrap-server.js';
import { CommandError, type Io } from '../io.js';
import { serveListening, type ListenFlags } from './serve-listening.js';

/** What `serve bootstrap-server` is told. */
export interface BootstrapServerFlags extends ListenFlags {
  readonly config?: string;
  readonly enabler: Enabler;
}

/** How far its usual ports lie above those of a server: the two can run side by side. */
const ABOVE = 100;

/**
 * `serve bootstrap-server`: a reference bootstrap-server with a configuration, until ^C; or under the control contract, until
 * its input ends.
 *
 * @throws CommandError, ProblemError when there is no usable configuration
 */
export function serveBootstrapServer(flags: BootstrapServerFlags, io: Io): Promise<number> {
  const { enabler } = flags;
  const model = modelFor(enabler);
  const config = configOf(flags, (text, name) => unwrap(parseBootstrapConfig(text, name, model)));
  return serveListening(
    flags,
    io,
    setupOf(enabler),
    ({ clock, random, link, proven }) => {
      const sut = referenceBootstrapServer({
        ...{ clock, random, link, setup: { ...proven, ...config } },
        // Under control the setup tells which version is spoken.
        ...(flags.control === undefined && { enabler }),
      });
      if (flags.control === undefined) void tellEvents(sut, io);
      return sut;
    },
    (port) => port + ABOVE,
  );
}

/** @throws CommandError when there is none, or it cannot be read */
function configOf(
  { config, control }: BootstrapServerFlags,
  parse: (text: string, name: string) => BootstrapServerSetup,
): BootstrapServerSetup {
  if (config !== undefined) return parse(readText(config), config);
  if (control !== undefined) return {};
  throw new CommandError({
    code: 'bootstrap-config-missing',
    message: 'nothing says what to do with which client',
    place: '--config',
    hint: 'give a configuration file; docs/bootstrap.md shows one',
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new CommandError({
      code: 'file-unreadable',
      message: 'there is no such file, or it cannot be read',
      place: path,
    });
  }
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

async function tellEvents(sut: Sut, io: Io): Promise<void> {
  for await (const { event, endpoint, text } of sut.events?.() ?? [])
    io.err(
      `· ${[endpoint, event === 'log' ? undefined : event, text].filter((part) => part !== undefined).join(': ')}`,
    );
}
