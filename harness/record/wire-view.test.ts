import { beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.js';
import { VirtualClock } from '../base/clock.js';
import type { Peer } from '../model/party.js';
import { modelOf } from '../model/definition.js';
import { blockOption } from '../wire/coap/block.js';
import { encodeMessage } from '../wire/coap/codec.js';
import type { CoapMessage, CoapOption, MessageType } from '../wire/coap/message.js';
import { locationPath, OptionNumber, stringOption, uintOption, uriPath, uriQuery } from '../wire/coap/options.js';
import { WireView } from './wire-view.js';

let view: WireView;
let clock: VirtualClock;
let t: number;

beforeEach(() => {
  clock = new VirtualClock();
  view = new WireView(clock, modelOf([]));
  t = 0;
});

function send(
  from: Peer,
  type: MessageType,
  code: string,
  id: number,
  token: number[],
  options: CoapOption[] = [],
  payload = '',
): void {
  const message: CoapMessage = { type, code, id, token: Uint8Array.from(token), options, payload: utf8(payload) };
  const to: Peer = from === 'client' ? 'server' : 'client';
  view.feed(from, to, encodeMessage(message), (t += 1));
}

const only = () => {
  expect(view.exchanges).toHaveLength(1);
  return view.exchanges[0]!;
};

const observe = (value: number): CoapOption => uintOption(OptionNumber.observe, value);
const block2 = (num: number, more: boolean): CoapOption => blockOption(OptionNumber.block2, { num, more, szx: 0 });
const block1 = (num: number, more: boolean): CoapOption => blockOption(OptionNumber.block1, { num, more, szx: 0 });

describe('a wire view', () => {
  it('takes a Message ID for a repetition as long as its exchange can last, and for a new message later', () => {
    const register = [...uriPath('/rd'), ...uriQuery(['lt=60'])];
    send('client', 'CON', '0.02', 1, [], register);
    t = 240;
    send('client', 'CON', '0.02', 1, [], register);
    expect(only()).toMatchObject({ kind: 'register', retransmissions: 1 });
    t = 250;
    send('client', 'CON', '0.02', 1, [], register);
    expect(view.exchanges).toHaveLength(2);
  });

  it('joins a request with the answer of its token, piggybacked or separate, in either order with the empty ACK', () => {
    send('server', 'CON', '0.01', 1, [1], uriPath('/3/0/9'));
    send('client', 'CON', '2.05', 77, [1], [], '85');
    send('client', 'ACK', '0.00', 1, []);
    expect(only()).toMatchObject({
      kind: 'read',
      from: 'server',
      request: { t: 1, path: '/3/0/9' },
      response: { t: 2, code: '2.05' },
    });
    expect(view.stray).toEqual([]);
  });

  it('has the code none until an answer comes, and RST for a reset', () => {
    send('server', 'CON', '0.01', 1, [1], uriPath('/3'));
    expect(only().response.code).toBe('none');
    send('client', 'RST', '0.00', 1, []);
    expect(only().response.code).toBe('RST');
  });

  it('counts what was sent again, and takes no repeat for a second exchange or notification', () => {
    send('server', 'CON', '0.01', 1, [1], [observe(0), ...uriPath('/3/0/9')]);
    send('server', 'CON', '0.01', 1, [1], [observe(0), ...uriPath('/3/0/9')]);
    send('client', 'ACK', '2.05', 1, [1], [observe(5)], '1');
    send('client', 'ACK', '2.05', 1, [1], [observe(5)], '1');
    send('client', 'CON', '2.05', 9, [1], [observe(6)], '2');
    send('client', 'CON', '2.05', 9, [1], [observe(6)], '2');
    expect(only().retransmissions).toBe(1);
    expect(only().transmissions).toHaveLength(2);
    expect(only().notifications).toHaveLength(1);
    expect(only().notifications[0]).toMatchObject({ t: 5, observe: 6, confirmable: true, answered: 'no answer' });
  });

  it('tells how a notification was answered', () => {
    send('server', 'CON', '0.01', 1, [1], [observe(0), ...uriPath('/3/0/9')]);
    send('client', 'ACK', '2.05', 1, [1], [observe(5)], '1');
    send('client', 'CON', '2.05', 9, [1], [observe(6)], '2');
    send('server', 'ACK', '0.00', 9, []);
    send('client', 'NON', '2.05', 10, [1], [observe(7)], '3');
    send('server', 'RST', '0.00', 10, []);
    expect(only().notifications.map((n) => [n.confirmable, n.answered])).toEqual([
      [true, 'acknowledged'],
      [false, 'reset'],
    ]);
  });

  it('keeps notifications with their observation while and after a cancel uses its token', () => {
    send('server', 'CON', '0.01', 1, [1], [observe(0), ...uriPath('/3/0/9')]);
    send('client', 'ACK', '2.05', 1, [1], [observe(5)], '1');
    send('server', 'CON', '0.01', 2, [1], [observe(1), ...uriPath('/3/0/9')]);
    send('client', 'NON', '2.05', 9, [1], [observe(6)], '2');
    send('client', 'ACK', '2.05', 2, [1], [], '2');
    send('client', 'NON', '2.05', 10, [1], [observe(7)], '3');
    const [observation, cancel] = view.exchanges;
    expect(cancel).toMatchObject({ kind: 'cancel', response: { code: '2.05', observe: undefined } });
    expect(observation?.notifications.map((n) => n.observe)).toEqual([6, 7]);
  });

  it('joins the blocks of a request, whatever their tokens', () => {
    const path = uriPath('/5/0/0');
    send('server', 'CON', '0.03', 1, [1], [...path, block1(0, true)], 'a'.repeat(16));
    send('client', 'ACK', '2.31', 1, [1], [block1(0, true)]);
    expect(only().response.code).toBe('none');
    send('server', 'CON', '0.03', 2, [2], [...path, block1(1, false)], 'bb');
    send('client', 'ACK', '2.04', 2, [2], [block1(1, false)]);
    expect(new TextDecoder().decode(only().request.payload)).toBe(`${'a'.repeat(16)}bb`);
    expect(only().response.code).toBe('2.04');
  });

  it('joins the blocks of a response, and says while some are missing', () => {
    const path = uriPath('/3/0');
    send('server', 'CON', '0.01', 1, [1], path);
    send('client', 'ACK', '2.05', 1, [1], [block2(0, true)], 'a'.repeat(16));
    expect(only().response.whole).toBe(false);
    send('server', 'CON', '0.01', 2, [2], [...path, block2(1, false)]);
    send('client', 'ACK', '2.05', 2, [2], [block2(1, false)], 'b');
    expect(only().response.whole).toBe(true);
    expect(only().response.payload).toHaveLength(17);
  });

  it('joins the blocks of a notification, and judges its time by the first', () => {
    const path = uriPath('/3/0');
    send('server', 'CON', '0.01', 1, [1], [observe(0), ...path]);
    send('client', 'ACK', '2.05', 1, [1], [observe(1)], 'x');
    send('client', 'CON', '2.05', 9, [1], [observe(2), block2(0, true)], 'a'.repeat(16));
    send('server', 'CON', '0.01', 2, [2], [...path, block2(1, false)]);
    send('client', 'ACK', '2.05', 2, [2], [block2(1, false)], 'b');
    const [notification] = only().notifications;
    expect(notification).toMatchObject({ t: 3, whole: true });
    expect(notification?.payload).toHaveLength(17);
  });

  it('takes a later block for none of a transfer that ended before another request', () => {
    const path = uriPath('/3/0');
    send('server', 'CON', '0.01', 1, [1], path);
    send('client', 'ACK', '2.05', 1, [1], [block2(0, true)], 'x'.repeat(16));
    send('server', 'CON', '0.01', 2, [2], [...path, block2(1, false)]);
    send('client', 'ACK', '2.05', 2, [2], [block2(1, false)], 'y');
    send('server', 'CON', '0.01', 3, [3], path);
    send('client', 'ACK', '2.05', 3, [3], [], 'short');
    send('server', 'CON', '0.01', 4, [4], [...path, block2(1, false)]);
    send('client', 'ACK', '4.00', 4, [4]);
    expect(view.exchanges.map(({ response }) => response.code)).toEqual(['2.05', '2.05', '4.00']);
    expect(view.exchanges[0]?.response.payload).toHaveLength(17);
  });

  it('reads the values of a client below its alternate path, named with it or without', () => {
    const links = '</lwm2m>;rt="oma.lwm2m",</lwm2m/3/0>';
    send('client', 'CON', '0.02', 1, [1], [...uriPath('/rd'), ...uriQuery(['lt=60'])], links);
    for (const [id, name] of [
      [2, '/lwm2m/3/0/9'],
      [3, '/3/0/9'],
    ] as const) {
      send('server', 'CON', '0.01', id, [id], uriPath('/lwm2m/3/0'));
      const senml = uintOption(OptionNumber.contentFormat, 110);
      send('client', 'ACK', '2.05', id, [id], [senml], `[{"n":"${name}","v":85}]`);
      expect(view.exchanges.at(-1)?.response.content.value('/3/0/9')).toBe(85);
    }
  });

  it('joins later blocks that come in messages of their own, and takes none for a notification', () => {
    const path = uriPath('/3/0');
    send('server', 'CON', '0.01', 1, [1], [observe(0), ...path]);
    send('client', 'ACK', '2.05', 1, [1], [observe(1)], 'x');
    send('client', 'CON', '2.05', 9, [1], [observe(2), block2(0, true)], 'a'.repeat(16));
    send('server', 'CON', '0.01', 2, [2], [...path, block2(1, false)]);
    send('client', 'ACK', '0.00', 2, []);
    send('client', 'CON', '2.05', 10, [2], [block2(1, false)], 'b');
    expect(only().notifications).toMatchObject([{ t: 3, whole: true, observe: 2 }]);
    expect(only().notifications[0]?.payload).toHaveLength(17);
  });

  it('takes a first block for a notification where nobody fetched the rest of the answer', () => {
    send('server', 'CON', '0.01', 1, [1], [observe(0), ...uriPath('/3/0')]);
    send('client', 'ACK', '2.05', 1, [1], [observe(1), block2(0, true)], 'a'.repeat(16));
    send('client', 'CON', '2.05', 9, [1], [observe(2), block2(0, true)], 'b'.repeat(16));
    expect(only().response).toMatchObject({ observe: 1, whole: false });
    expect(only().notifications).toMatchObject([{ observe: 2, whole: false }]);
  });

  it('tells the kinds of requests apart', () => {
    const kinds: [Peer, string, string, CoapOption[], string, string][] = [
      ['client', '0.02', '/rd', [], '</1/0>', 'register'],
      ['client', '0.02', '/rd/5', [], '', 'update'],
      ['client', '0.04', '/rd/5', [], '', 'deregister'],
      ['client', '0.02', '/dp', [], '[]', 'send'],
      ['client', '0.02', '/bs', [], '', 'bootstrap-request'],
      ['server', '0.01', '/3', [uintOption(OptionNumber.accept, 40)], '', 'discover'],
      ['server', '0.03', '/3', uriQuery(['pmin=1']), '', 'write-attributes'],
      ['server', '0.03', '/3/0/15', [uintOption(OptionNumber.contentFormat, 0)], '', 'write'],
      ['server', '0.02', '/3303', [uintOption(OptionNumber.contentFormat, 11542)], 'x', 'create'],
      ['server', '0.02', '/3303/0', [uintOption(OptionNumber.contentFormat, 11542)], 'x', 'write'],
      ['server', '0.02', '/3/0/4', [], '', 'execute'],
      ['server', '0.04', '/3303/0', [], '', 'delete'],
      ['server', '0.05', '/', [observe(0)], '[]', 'observe-composite'],
      ['server', '0.07', '/', [], '[]', 'write-composite'],
      ['server', '0.06', '/', [], '[]', 'other'],
    ];
    for (const [i, [from, code, path, options, payload]] of kinds.entries())
      send(from, 'CON', code, i, [i], [...uriPath(path), ...options], payload);
    expect(view.exchanges.map(({ kind }) => kind)).toEqual(kinds.map(([, , , , , kind]) => kind));
  });

  it('shows a location and the paths of a client below its alternate path', () => {
    send(
      'client',
      'CON',
      '0.02',
      1,
      [1],
      [...uriPath('/rd'), uintOption(OptionNumber.contentFormat, 40)],
      '</lwm2m>;rt="oma.lwm2m",</lwm2m/1/0>',
    );
    send('server', 'ACK', '2.01', 1, [1], locationPath('/rd/5a/3f'));
    send('server', 'CON', '0.01', 2, [2], uriPath('/lwm2m/3/0'));
    expect(view.exchanges[0]?.response.location).toBe('/rd/5a/3f');
    expect(view.exchanges[1]?.request.path).toBe('/3/0');
  });

  it('sets aside what is malformed, empty or answers nothing', () => {
    view.feed('client', 'server', Uint8Array.of(0x40), 1);
    send('client', 'CON', '0.00', 5, []);
    send('client', 'CON', '2.05', 6, [9], [stringOption(OptionNumber.locationPath, 'x')]);
    expect(view.malformed).toMatchObject([{ from: 'client', position: 1 }]);
    expect(view.empty).toHaveLength(1);
    expect(view.stray).toHaveLength(1);
    expect(view.exchanges).toEqual([]);
  });

  it('wakes who waits at the datagram, at the deadline, or when nothing more can come', async () => {
    const found = await clock.run(async () => {
      clock.after(5, () => send('server', 'CON', '0.01', 1, [1], uriPath('/3')));
      const seen = await view.wait(() => view.exchanges[0], 10);
      const missed = await view.wait(() => view.exchanges[1], 20);
      const at = clock.now();
      clock.after(1, () => view.end('gone'));
      const over = await view.wait(() => view.exchanges[1], 90);
      return [seen?.kind, missed, at, over, clock.now()];
    });
    expect(found).toEqual(['read', undefined, 20, undefined, 21]);
    expect(view.over).toBe('gone');
  });
});
