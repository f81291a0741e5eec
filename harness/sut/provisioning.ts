import { failed, ok, type Result } from '../base/error.js';
import { parsePath } from '../model/path.js';
import type { PlainContent } from '../model/plain.js';
import { writesOf, type Provisioning, type ServerAccount, type Step } from '../roles/bootstrap-server/index.js';
import { withCredentials } from './account-security.js';
import type { BootstrapStep, Content, Setup } from './contract.js';

/** What a bootstrap-server is to do with a client, as a stimulus or a configuration file states it. */
export interface StatedProvisioning {
  readonly deletes?: readonly string[];
  /** Accounts of servers, written before the rest. */
  readonly accounts?: readonly ServerAccount[];
  /** By absolute path. */
  readonly writes?: Readonly<Record<string, Content>>;
  /** Content-Format of the Writes. */
  readonly format?: number;
  /** All that is sent, in place of the others and a Finish. */
  readonly steps?: readonly BootstrapStep[];
}

/** Reads paths; problem codes are those of `parsePath`. */
export function provisioningOf(stated: StatedProvisioning): Result<Provisioning> {
  const steps = stated.steps ? stepsOf(stated.steps) : usualSteps(stated);
  if (!steps.ok) return steps;
  return ok({ steps: steps.value, ...(stated.format !== undefined && { format: stated.format }) });
}

function usualSteps({ deletes = [], accounts = [], writes = {} }: StatedProvisioning): Result<readonly Step[]> {
  const deleted = stepsOf(deletes.map((path) => ({ do: 'delete', path }) as const));
  if (!deleted.ok) return deleted;
  const written = writesOf(writes);
  if (!written.ok) return written;
  const made = accounts.map((account) => ({ ...account, do: 'account' }) as const);
  return ok([...deleted.value, ...made, ...written.value, { do: 'finish' }]);
}

function stepsOf(stated: readonly BootstrapStep[]): Result<readonly Step[]> {
  const steps: Step[] = [];
  for (const step of stated) {
    if (step.do === 'finish') {
      steps.push(step);
      continue;
    }
    const path = parsePath(step.path);
    if (!path.ok) return failed({ ...path.problem, place: step.path });
    steps.push({ ...step, path: path.value });
  }
  return ok(steps);
}

/**
 * What a client gets for which nothing was said: all else is deleted, and each server that the bootstrap-server was told of has an
 * account, with the credentials of the run where its URI is `coaps`.
 */
export function usualProvisioning({ peers, credentials }: Pick<Setup, 'peers' | 'credentials'>): StatedProvisioning {
  const servers = peers.filter(({ party }) => party === 'server');
  const uris = servers.reduce<PlainContent>(
    (all, { uri }, at) => ({ ...all, [`/0/${at}/0`]: uri, [`/0/${at}/1`]: false }),
    {},
  );
  const secured = Object.entries(withCredentials(uris, credentials));
  const securityOf = (at: number): PlainContent => {
    const prefix = `/0/${at}/`;
    const own = secured.filter(([path]) => path.startsWith(prefix));
    return Object.fromEntries(own.map(([path, value]) => [path.slice(prefix.length), value]));
  };
  return {
    deletes: ['/'],
    accounts: servers.map(({ uri, shortServerId = 1 }, at) => ({ uri, shortServerId, securityValues: securityOf(at) })),
  };
}
