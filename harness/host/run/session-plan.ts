import { RealClock, VirtualClock } from '../../base/clock.js';
import { ProblemError } from '../../base/error.js';
import type { SessionPlan } from '../../case/session.js';
import type { Link } from '../../link/link.js';
import { memoryAddresses, memoryNetwork } from '../../link/memory.js';
import { resolveAddress, udpLink } from '../../link/udp.js';
import type { ChannelKind } from '../../case/test-case.js';
import { modelFor } from '../../model/registry.js';
import { allowed } from '../../../suites/requirements/tolerances.js';
import { securityIn } from '../security/run.js';
import { withSecurity } from '../security/session.js';
import { referencePlayer } from './parties.js';
import { allowancesOf, isReal, underTest, type RunOptions } from './options.js';

/**
 * The plan of the session of one case: clock, network and endpoint name are its own.
 *
 * @param channel that the case asks for
 */
export function sessionPlan(options: RunOptions, number: number, channel?: ChannelKind): SessionPlan {
  const real = isReal(options);
  const clock = real ? new RealClock() : new VirtualClock();
  const network = real ? undefined : memoryNetwork(clock);
  const addresses = memoryAddresses();
  const { advertise } = options;
  const endpoint =
    options.endpoint ?? underTest(options).file?.endpoint ?? `urn:dev:ops:32473-conformance-${number + 1}`;
  const plan: SessionPlan = {
    kind: options.bench,
    judged: options.judged,
    client: options.client.plan,
    server: options.server.plan,
    server2: referencePlayer('server', true).plan,
    bootstrapServer: options.bootstrapServer.plan,
    clock,
    network: (peer, another) =>
      network ? Promise.resolve(network.link(addresses(peer, another))) : socket(options, another && 0),
    ...(real && { resolve: resolveAddress }),
    ...(advertise !== undefined && { advertise: (local: string) => local.replace(/^.*(?=:\d+$)/, advertise) }),
    seed: options.seed,
    enabler: options.enabler,
    model: modelFor(options.enabler),
    endpoint,
    allowances: allowancesOf(options),
    tolerance: (row, period) => allowed(row, period, { virtual: !real }),
  };
  return withSecurity(plan, securityIn(options).session(endpoint, clock, channel));
}

/** Whether a port that was asked for can be had, before anything is started. @throws ProblemError */
export async function tryToListen(options: RunOptions): Promise<void> {
  if (isReal(options) && options.listen !== undefined && options.listen.port !== 0)
    await (await socket(options)).close();
}

async function socket({ listen }: RunOptions, port = listen?.port ?? 0): Promise<Link> {
  const opened = await udpLink({ host: listen?.host ?? '127.0.0.1', port });
  if (opened.ok) return opened.value;
  throw new ProblemError(opened.problem);
}
