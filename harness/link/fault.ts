import type { Clock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { Link, Receive } from './link.js';

/** What happens to one datagram. */
export type Fault = 'drop' | 'duplicate' | 'corrupt' | { readonly delay: number };

/** What happens to the datagrams of one direction. Probabilities are of 0 to 1, each drawn for itself; times in seconds. */
export interface Faults {
  readonly loss?: number;
  /** Arrives a second time, some time within `spread` later. */
  readonly duplication?: number;
  /** Is held back for some time within `spread`, so that later ones overtake. */
  readonly reordering?: number;
  /** One bit is turned over. */
  readonly corruption?: number;
  /** Added to every datagram: so much, or evenly between two bounds. */
  readonly delay?: number | readonly [least: number, most: number];
  /** 0.1 s when left out. */
  readonly spread?: number;
  /** What happens to single datagrams, counted from 0 in this direction; to these, nothing else does. */
  readonly at?: Readonly<Record<number, Fault | readonly Fault[]>>;
}

export interface FaultPlan {
  readonly out?: Faults;
  readonly in?: Faults;
}

/** The same link, faulty. One random stream for each direction: a plan and a seed give one course of events. */
export function fault(link: Link, plan: FaultPlan, random: Random, clock: Clock): Link {
  const out = impaired(plan.out, random.fork('out'), clock);
  const inward = impaired(plan.in, random.fork('in'), clock);
  return {
    local: link.local,
    send: (to, datagram) => out(datagram, (bytes) => link.send(to, bytes)),
    onReceive: (receive: Receive) =>
      link.onReceive((from, datagram) => inward(datagram, (bytes) => receive(from, bytes))),
    close: () => link.close(),
  };
}

type Pass = (datagram: Uint8Array, deliver: (datagram: Uint8Array) => void) => void;

function impaired(faults: Faults | undefined, random: Random, clock: Clock): Pass {
  if (!faults) return (datagram, deliver) => deliver(datagram);
  const { spread = 0.1, at = {} } = faults;
  let index = 0;
  const draw = (): Fault[] => {
    const happens = (probability = 0): boolean => probability > 0 && random.next() < probability;
    const drawn: Fault[] = [];
    if (happens(faults.loss)) drawn.push('drop');
    if (happens(faults.duplication)) drawn.push('duplicate');
    if (happens(faults.reordering)) drawn.push({ delay: random.next() * spread });
    if (happens(faults.corruption)) drawn.push('corrupt');
    const { delay } = faults;
    if (typeof delay === 'number') drawn.push({ delay });
    else if (delay) drawn.push({ delay: delay[0] + random.next() * (delay[1] - delay[0]) });
    return drawn;
  };
  return (datagram, deliver) => {
    const named = at[index++];
    const happening = named === undefined ? draw() : [named].flat();
    if (happening.includes('drop')) return;
    const bytes = happening.includes('corrupt') ? corrupted(datagram, random) : datagram;
    const delay = happening.reduce((sum, one) => sum + (typeof one === 'object' ? one.delay : 0), 0);
    const arrive = (after: number): void => {
      if (after > 0) clock.after(after, () => deliver(bytes));
      else deliver(bytes);
    };
    arrive(delay);
    if (happening.includes('duplicate')) arrive(delay + random.next() * spread);
  };
}

function corrupted(datagram: Uint8Array, random: Random): Uint8Array {
  const bytes = Uint8Array.from(datagram);
  const at = random.integer(bytes.length);
  const byte = bytes[at];
  if (byte !== undefined) bytes[at] = byte ^ (1 << random.integer(8));
  return bytes;
}
