import type { ClientStimulus } from '../sut/contract.js';
import type { BenchParty } from './bench.js';
import type { ClientPort } from './context.js';
import type { Stimulator } from './stimulate.js';

/** Has the client, or the device around it, do what no server can cause. */
export function clientPort(party: BenchParty, stimulator: Stimulator): ClientPort {
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
    value: (path) => stimulator.ask(party, { do: 'value', path }),
  };
}
