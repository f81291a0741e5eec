import { describe, expect, it } from 'vitest';
import { EMPTY, utf8 } from '../base/bytes.js';
import { sleep, VirtualClock } from '../base/clock.js';
import type { Link } from '../link/link.js';
import { memoryNetwork } from '../link/memory.js';
import { decodeMessage, encodeMessage } from '../wire/coap/codec.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { InterposedLink } from './own-hands.js';

const TOKEN = Uint8Array.of(1, 2, 3);
const REQUEST = { code: '0.01', token: TOKEN, options: [], payload: EMPTY };

interface Bench {
  readonly clock: VirtualClock;
  readonly hands: InterposedLink;
  readonly device: Link;
  /** What the device received, and what the role heard. */
  readonly arrived: CoapMessage[];
  readonly heard: CoapMessage[];
  readonly say: (message: Partial<CoapMessage>) => void;
}

function onBench(body: (bench: Bench) => Promise<void>): Promise<void> {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const hands = new InterposedLink(network.link('server'), clock);
  const device = network.link('device');
  const arrived: CoapMessage[] = [];
  const heard: CoapMessage[] = [];
  const into = (list: CoapMessage[]) => (_from: string, datagram: Uint8Array) => {
    const decoded = decodeMessage(datagram);
    if (decoded.ok) list.push(decoded.message);
  };
  device.onReceive(into(arrived));
  hands.onReceive(into(heard));
  const say = (message: Partial<CoapMessage>): void => {
    const whole: CoapMessage = {
      ...{ type: 'ACK', code: '2.05', id: 0, token: TOKEN, options: [], payload: EMPTY },
      ...message,
    };
    device.send('server', encodeMessage(whole));
  };
  return clock.run(async () => {
    device.send(
      'server',
      encodeMessage({ type: 'NON', code: '0.02', id: 7, token: EMPTY, options: [], payload: utf8('x') }),
    );
    await sleep(clock, 0.1);
    await body({ clock, hands, device, arrived, heard, say });
    await hands.close();
  });
}

describe('a request past the role', () => {
  it('is repeated until it is answered, and the role hears nothing of the answer', () =>
    onBench(async ({ clock, hands, arrived, heard, say }) => {
      hands.ask(REQUEST);
      await sleep(clock, 2.5);
      expect(arrived.map(({ type, id }) => [type, id])).toEqual([
        ['CON', arrived[0]?.id],
        ['CON', arrived[0]?.id],
      ]);
      say({ id: arrived[0]?.id ?? 0 });
      await sleep(clock, 60);
      expect(arrived).toHaveLength(2);
      expect(heard).toHaveLength(1);
    }));

  it('is given up after five transmissions', () =>
    onBench(async ({ clock, hands, arrived }) => {
      hands.ask(REQUEST);
      await sleep(clock, 100);
      expect(arrived).toHaveLength(5);
    }));

  it('has an answer in a message of its own acknowledged', () =>
    onBench(async ({ clock, hands, arrived, heard, say }) => {
      hands.ask(REQUEST);
      await sleep(clock, 0.5);
      say({ code: '0.00', token: EMPTY, id: arrived[0]?.id ?? 0 });
      await sleep(clock, 5);
      say({ type: 'CON', id: 4711 });
      await sleep(clock, 5);
      expect(arrived.map(({ type, code }) => `${type} ${code}`)).toEqual(['CON 0.01', 'ACK 0.00']);
      expect(arrived[1]?.id).toBe(4711);
      expect(heard).toHaveLength(1);
    }));

  it('leaves what is for the role to the role', () =>
    onBench(async ({ clock, hands, heard, say }) => {
      hands.ask(REQUEST);
      say({ type: 'NON', code: '0.02', token: Uint8Array.of(9), id: 9 });
      say({ type: 'NON', code: '2.05', token: Uint8Array.of(8), id: 10 });
      await sleep(clock, 1);
      expect(heard.map(({ id }) => id)).toEqual([7, 9, 10]);
    }));
});
