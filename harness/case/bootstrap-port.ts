import type { PlainContent } from '../model/plain.js';
import type { Bench, BenchParty } from './bench.js';
import type { Account, BootstrapServerPort, Provisioning } from './context.js';
import type { Stimulator } from './stimulate.js';

/** No security (Object 0, resource 2). */
const NO_SEC = 3;
const DEFAULT_LIFETIME = 86_400;

/** What a bootstrap-server alone is asked. */
export function provisioningPort(
  bench: Bench,
  party: BenchParty,
  stimulator: Stimulator,
): Pick<BootstrapServerPort<string>, 'provision' | 'sessions'> {
  return {
    provision: async (provisioning) => {
      const stimulus = { do: 'provision', endpoint: bench.endpoint, ...provisioned(provisioning, bench.uris) } as const;
      await stimulator.outcome(stimulator.begin(party, stimulus));
    },
    sessions: () => stimulator.ask(party, { do: 'sessions' }),
  };
}

/** Deletes and writes of a provisioning, its accounts spelt out. */
export function provisioned(
  { deletes = [], accounts = [{ security: 1, server: 1 }], writes = {}, format }: Provisioning,
  uris: Bench['uris'],
): { readonly deletes: readonly string[]; readonly writes: PlainContent; readonly format?: number } {
  const written = accounts.reduce<PlainContent>(
    (all, account) => ({ ...all, ...accountValues(account, uris.get(account.of ?? 'server') ?? '') }),
    {},
  );
  return { deletes, writes: { ...written, ...writes }, ...(format !== undefined && { format }) };
}

/** Security and Server Object Instances of a server (Core 1.1 Appendix E.1, E.2). */
function accountValues(
  { security, server, of = 'server', lifetime = DEFAULT_LIFETIME }: Account,
  uri: string,
): PlainContent {
  const shortServerId = of === 'server2' ? 2 : 1;
  return {
    [`/0/${security}/0`]: uri,
    [`/0/${security}/1`]: false,
    [`/0/${security}/2`]: NO_SEC,
    [`/0/${security}/10`]: shortServerId,
    [`/1/${server}/0`]: shortServerId,
    [`/1/${server}/1`]: lifetime,
    [`/1/${server}/6`]: false,
    [`/1/${server}/7`]: 'U',
  };
}
