import { sleep } from '../base/clock.js';
import type { Plain, PlainContent } from '../model/plain.js';
import { partyOf } from '../model/party.js';
import type { Exchange } from '../record/exchange.js';
import type { Outcome, ServerStimulus } from '../sut/contract.js';
import { within } from '../sut/program.js';
import { OptionNumber, uintOption } from '../wire/coap/options.js';
import { partyAt, type Bench, type BenchParty } from './bench.js';
import { deedsOf, type Deed } from './deeds.js';
import { registrationOf } from './registration.js';

type UndoBench = Pick<Bench, 'parties' | 'journal' | 'clock' | 'view' | 'endpoint' | 'allowances' | 'model'>;

/** Takes back what was done to a client in a case, the last first, where the session goes on. */
export class UndoList {
  /**
   * @param initial values of the configuration by absolute path: what a write is taken back to where nothing was read
   * @param read values that were read from the device in the session: it grows with each case
   */
  constructor(
    private readonly initial: PlainContent,
    private readonly read = new Map<string, Plain>(),
  ) {}

  /**
   * Takes everything back through the servers. What it sends is recorded and not judged.
   *
   * @param whatCan also where something lasts or could not be undone: for a client that cannot be started anew
   * @returns why the client is not as it was, or undefined
   */
  async run(bench: UndoBench, whatCan?: 'what can be'): Promise<string | undefined> {
    const { journal, clock, view, endpoint, allowances, model } = bench;
    const deeds = deedsOf(
      view.exchanges.filter((exchange) => isOurDoing(exchange, bench)),
      { endpoint, model, read: this.read, initial: this.initial },
    );
    if (deeds.length === 0) return undefined;
    journal.add({ kind: 'phase', t: clock.now(), phase: 'undo' });
    let left = deeds.find(({ back }) => back === undefined)?.says;
    if (!registrationOf(view.exchanges, 'server', endpoint)) left ??= 'the client is not registered any more';
    for (const deed of deeds.toReversed()) {
      if (left !== undefined && whatCan === undefined) return left;
      if (!deed.back) continue;
      const outcome = await this.#takeBack(bench, deed, deed.back);
      journal.add({ kind: 'note', t: clock.now(), text: `undone: ${deed.says}: ${JSON.stringify(outcome)}` });
      if (typeof outcome === 'string' || 'failed' in outcome || 'refused' in outcome)
        left ??= `it could not be undone: ${deed.says}`;
    }
    if (left !== undefined && whatCan === undefined) return left;
    await sleep(clock, allowances.settle); // what the client says to this must not be taken for an answer to the next case
    return left;
  }

  /** An adapter that says nothing is not waited for any longer than in a case. */
  async #takeBack(bench: UndoBench, { peer, observe }: Deed, back: ServerStimulus): Promise<Outcome> {
    const { clock, allowances } = bench;
    const party = partyAt(bench, peer);
    const done = party.sut.stimulate(back).catch((thrown: unknown): Outcome => ({ failed: String(thrown) }));
    const told = await within(clock, allowances.stimulus, done);
    const outcome: Outcome = told ?? { failed: `nothing within ${allowances.stimulus} s` };
    const isKnown = typeof outcome === 'object' && !('refused' in outcome) && !('failed' in outcome);
    if (isKnown || !observe || !party.hands) return outcome;
    return cancelByHand(party.hands, observe);
  }
}

/** What a server of ours sent, whether it was asked or the procedure sent it by hand; of a foreign one what it was asked. */
const isOurDoing = (exchange: Exchange, { parties }: UndoBench): boolean =>
  exchange.kind === 'register' ||
  (partyOf(exchange.from) === 'server' && (exchange.claimed || parties.get(exchange.from)?.ours === true));

/** Ends an observation that the server does not know, as the procedure asked for it: the same options and token (RFC 7641 §3.6). */
function cancelByHand(hands: NonNullable<BenchParty['hands']>, { request: { message } }: Exchange): Outcome {
  const { code, token, options, payload } = message;
  const cancelled = options.map((option) =>
    option.number === OptionNumber.observe ? uintOption(OptionNumber.observe, 1) : option,
  );
  hands.ask({ code, token, options: cancelled, payload });
  return {};
}
