import { beforeEach, describe, expect, it } from 'vitest';
import { EMPTY, fromHex } from '../base/bytes.js';
import { VirtualClock } from '../base/clock.js';
import { modelOf } from '../model/definition.js';
import type { Peer } from '../model/party.js';
import { WireView } from '../record/wire-view.js';
import { findSent, isSettled, sentOf } from './sending.js';

let view: WireView;

beforeEach(() => {
  view = new WireView(new VirtualClock(), modelOf([]));
});

function seen(from: Peer, ...hexadecimal: readonly string[]): void {
  for (const text of hexadecimal)
    view.feed(from, from === 'server' ? 'client' : 'server', fromHex(text) ?? EMPTY, view.position + 1);
}

const sent = (at = 0) => sentOf(view, view.datagrams.filter(({ from }) => from === 'server')[at]!);

describe('what was sent', () => {
  it('is answered by the response, whatever came before it', () => {
    seen('server', '4101000A55');
    expect([sent().code, isSettled(sent(), view.datagrams[0]!)]).toEqual(['none', false]);
    seen('client', '6000000A');
    expect([sent().code, isSettled(sent(), view.datagrams[0]!)]).toEqual(['ACK', false]);
    seen('client', '4145777755FF31');
    expect(sent()).toMatchObject({ id: 10, position: 1, code: '2.05', answer: { type: 'CON', id: 0x7777 } });
    expect(sent().replies).toHaveLength(2);
    expect(isSettled(sent(), view.datagrams[0]!)).toBe(true);
  });

  it('is reset, or answered by nothing of another id or token', () => {
    seen('server', '4101000A55');
    seen('client', '6145000B55', '514500CC56');
    expect(sent().code).toBe('none');
    seen('client', '7000000A');
    expect(sent().code).toBe('RST');
  });

  it('has replies of its own each time that it is sent', () => {
    seen('server', '4102000A55');
    seen('client', '6144000A55');
    seen('server', '4102000A55');
    expect([sent(0).replies.length, sent(1).replies.length]).toEqual([1, 0]);
    seen('client', '6144000A55');
    expect([sent(0).replies.length, sent(1).replies.length]).toEqual([1, 1]);
  });

  it('is answered by its id where it is no message, and by a reply to nothing where it has no id', () => {
    seen('server', '4F01000A');
    seen('client', '7000000A');
    expect(sent().code).toBe('RST');
    seen('server', '40');
    seen('client', '6000000A');
    expect(sent(1)).toMatchObject({ id: -1, code: 'none' });
    seen('client', '70000000');
    expect(sent(1).code).toBe('RST');
  });

  it('is found by its bytes, or by all but the Message ID that it was left free', () => {
    seen('server', '4101000A55', '5101000B55', '40');
    const token = Uint8Array.of(0x55);
    const find = (what: Parameters<typeof findSent>[3], since = 0) => findSent(view, 'server', since, what)?.position;
    expect(find({ code: '0.01', token })).toBe(1);
    expect(find({ code: '0.01', token, type: 'NON' })).toBe(2);
    expect(find({ code: '0.01', token, id: 11 })).toBeUndefined();
    expect(find({ code: '0.01', token }, 1)).toBeUndefined();
    expect(find(Uint8Array.of(0x40))).toBe(3);
    expect(findSent(view, 'client', 0, Uint8Array.of(0x40))).toBeUndefined();
  });
});
