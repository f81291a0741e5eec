import { toHex } from '../base/bytes.js';
import { unwrap } from '../base/error.js';
import { encodeSmartCard } from '../roles/client/index.js';
import type { ClientStimulus } from '../sut/contract.js';
import type { Bench, BenchParty } from './bench.js';
import { accountValues } from './bootstrap-port.js';
import type { Account, ClientPort } from './context.js';
import type { Stimulator } from './stimulate.js';

/** Has the client, or the device around it, do what no server can cause. */
export function clientPort(bench: Bench, party: BenchParty, stimulator: Stimulator): ClientPort {
  const order = async (stimulus: ClientStimulus): Promise<void> => {
    await stimulator.outcome(stimulator.begin(party, stimulus));
  };
  return {
    start: () => stimulator.start(),
    bootstrap: () => order({ do: 'bootstrap' }),
    set: (path, value) => order({ do: 'set', path, value }),
    update: () => order({ do: 'update' }),
    deregister: () => order({ do: 'deregister' }),
    restart: () => order({ do: 'restart' }),
    rebind: () => stimulator.rebind(),
    offline: (seconds) => order({ do: 'offline', seconds }),
    insertCard: (account) => order(cardWith(bench, account)),
    value: (path) => stimulator.ask(party, { do: 'value', path }),
  };
}

/** A smart card with the account of a server. @throws ProblemError where the account does not fit its definitions */
function cardWith(bench: Bench, account: Account): ClientStimulus {
  const values = accountValues(bench, account);
  const files = Object.entries(unwrap(encodeSmartCard(values, bench.model)));
  return { do: 'insert-card', values, files: Object.fromEntries(files.map(([id, bytes]) => [id, toHex(bytes)])) };
}
