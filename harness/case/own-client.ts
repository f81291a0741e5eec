import type { Bench, BenchParty } from './bench.js';
import type { OwnClientPort, OwnMessages } from './context.js';
import { Interrupt } from './interrupt.js';
import type { OwnHands } from './own-hands.js';
import { OwnTraffic, type Made } from './own-traffic.js';
import { wholeAnswer } from './whole-answer.js';

/** What a procedure says in the place of our client: from its address, and from others. */
export function ownClientPort(bench: Bench, { hands }: BenchParty): OwnClientPort {
  const made: Made = { count: 0 };
  const own = (): OwnHands => {
    if (hands) return hands;
    throw new Interrupt('error', 'the case acts for a client that is not ours');
  };
  const answered = wholeAnswer(bench);
  return {
    ...portOf(new OwnTraffic(bench, 'client', own, made, answered)),
    elsewhere: async (as) => {
      const there = await bench.elsewhere(as);
      const traffic = portOf(new OwnTraffic(bench, 'client2', () => there, made, answered));
      return {
        ...traffic,
        raw: (datagram) => there.raw(datagram),
        answer: (matches, answer) => there.answer(matches, answer),
        ask: (message, once) => there.ask(message, once),
      };
    },
  };
}

const portOf = (traffic: OwnTraffic): OwnMessages => ({
  request: (request) => traffic.request(request),
  message: (request) => traffic.message(request),
  send: (datagram, options) => traffic.send(datagram, options),
});
