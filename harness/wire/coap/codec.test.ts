import fc from 'fast-check';
import { generate, parse } from 'coap-packet';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../base/bytes.js';
import { ProblemError } from '../../base/error.js';
import { seeded } from '../../base/random.js';
import { decodeMessage, encodeMessage, type DecodeProblem } from './codec.js';
import type { CoapMessage, MessageType } from './message.js';
import { OPTIONS, uintOption, uriPath } from './options.js';

const hex = (text: string): Uint8Array => {
  const bytes = fromHex(text);
  if (!bytes) throw new Error(`${text} is not hexadecimal`);
  return bytes;
};

const get: CoapMessage = {
  type: 'CON',
  code: '0.01',
  id: 0x1234,
  token: hex('aabbccdd'),
  options: uriPath('/3/0/9'),
  payload: new Uint8Array(0),
};

const message = fc.record<CoapMessage>({
  type: fc.constantFrom<MessageType>('CON', 'NON', 'ACK', 'RST'),
  code: fc.constantFrom('0.01', '0.02', '0.05', '0.31', '2.05', '2.31', '3.00', '4.04', '5.03', '5.31'),
  id: fc.nat(65_535),
  token: fc.uint8Array({ maxLength: 8 }),
  options: fc.array(
    fc.record({
      number: fc.oneof(fc.nat(30), fc.constantFrom(12, 13, 14, 268, 269, 270, 281, 282), fc.nat(65_535)),
      value: fc.oneof(
        fc.uint8Array({ maxLength: 16 }),
        fc.constantFrom(12, 13, 14, 268, 269, 270).map((length) => new Uint8Array(length).fill(7)),
      ),
    }),
    { maxLength: 6 },
  ),
  payload: fc.uint8Array({ maxLength: 40 }),
});

const sorted = (m: CoapMessage): CoapMessage => ({ ...m, options: [...m.options].sort((a, b) => a.number - b.number) });

describe('encodeMessage', () => {
  it('writes the first block of the example in the notes', () => {
    const options = [...uriPath('/5/0/0'), uintOption(12, 42), { number: 27, value: hex('0A') }, uintOption(60, 150)];
    const bytes = encodeMessage({
      type: 'CON',
      code: '0.03',
      id: 13,
      token: hex('0C'),
      options,
      payload: new Uint8Array(64),
    });
    expect(toHex(bytes.subarray(0, 20))).toBe('4103000d0cb13501300130112ad1020ad11496ff');
  });

  it('writes an empty message as four bytes', () => {
    const empty = { type: 'RST', code: '0.00', id: 0x1234, token: hex(''), options: [], payload: hex('') } as const;
    expect(toHex(encodeMessage(empty))).toBe('70001234');
  });

  it('sorts options by number, keeps the order of one number and leaves its argument alone', () => {
    const options = [
      { number: 15, value: utf8('b') },
      { number: 11, value: utf8('x') },
      { number: 15, value: utf8('a') },
      { number: 11, value: utf8('y') },
    ];
    const before = options.map(({ number }) => number);
    const decoded = decodeMessage(encodeMessage({ ...get, options }));
    expect(decoded.ok && decoded.message.options).toEqual([options[1], options[3], options[0], options[2]]);
    expect(options.map(({ number }) => number)).toEqual(before);
  });

  it('encodes to the same bytes as coap-packet', () => {
    const types = { CON: { confirmable: true }, NON: {}, ACK: { ack: true }, RST: { reset: true } };
    fc.assert(
      fc.property(message, (m) => {
        // coap-packet leaves out a payload whose text is empty, which a byte order mark alone is.
        fc.pre(m.payload.length === 0 || Buffer.from(m.payload).toString() !== '');
        const packet = {
          ...types[m.type],
          code: m.code,
          messageId: m.id,
          token: Buffer.from(m.token),
          payload: Buffer.from(m.payload),
          options: sorted(m).options.map(({ number, value }) => ({ name: String(number), value: Buffer.from(value) })),
        };
        expect(toHex(encodeMessage(m))).toBe(toHex(generate(packet, 100_000)));
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Partial<CoapMessage>]>([
    ['coap-code', { code: '2.5' }],
    ['coap-code', { code: '2.32' }],
    ['coap-code', { code: '8.00' }],
    ['coap-code-class', { code: '1.00' }],
    ['coap-code-class', { code: '7.01' }],
    ['coap-message-id', { id: 65_536 }],
    ['coap-message-id', { id: -1 }],
    ['coap-message-id', { id: 1.5 }],
    ['coap-token-length', { token: new Uint8Array(9) }],
    ['coap-option-number', { options: [{ number: 65_536, value: hex('') }] }],
    ['coap-option-number', { options: [{ number: -1, value: hex('') }] }],
    ['coap-option-length', { options: [{ number: 1, value: new Uint8Array(65_805) }] }],
    ['coap-empty-with-content', { code: '0.00' }],
  ])('refuses with %s what is out of range: %o', (code, change) => {
    const encode = (): Uint8Array => encodeMessage({ ...get, ...change });
    expect(encode).toThrow(ProblemError);
    expect(encode).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code }) }));
  });

  it('writes the longest option there is', () => {
    const options = [{ number: 65_535, value: new Uint8Array(65_804) }];
    const decoded = decodeMessage(encodeMessage({ ...get, options }));
    expect(decoded.ok && decoded.message.options[0]?.value.length).toBe(65_804);
  });
});

describe('decodeMessage', () => {
  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(message, (m) => {
        expect(decodeMessage(encodeMessage(m))).toEqual({ ok: true, message: sorted(m) });
      }),
      { numRuns: 500 },
    );
  });

  it('reads what coap-packet reads', () => {
    const numbers = new Map([...OPTIONS.values()].map(({ name, number }) => [name, number]));
    fc.assert(
      fc.property(message, (m) => {
        const theirs = parse(Buffer.from(encodeMessage(m)));
        const ours = decodeMessage(encodeMessage(m));
        if (!ours.ok) throw new Error(ours.problem.message);
        expect(ours.message.code).toBe(theirs.code);
        expect(ours.message.id).toBe(theirs.messageId);
        expect(toHex(ours.message.token)).toBe(theirs.token.toString('hex'));
        expect(toHex(ours.message.payload)).toBe(theirs.payload.toString('hex'));
        for (const [i, { name, value }] of theirs.options.entries()) {
          const option = ours.message.options[i];
          const number = numbers.get(String(name)) ?? Number(name);
          if (!Number.isNaN(number)) expect(option?.number).toBe(number);
          expect(option && toHex(option.value)).toBe(value.toString('hex'));
        }
        expect(ours.message.options.length).toBe(theirs.options.length);
      }),
      { numRuns: 300 },
    );
  });

  it('reads a Content-Format of no bytes', () => {
    expect(decodeMessage(hex('60 83 C3 F8 C0'))).toEqual({
      ok: true,
      message: {
        type: 'ACK',
        code: '4.03',
        id: 0xc3f8,
        token: hex(''),
        options: [{ number: 12, value: hex('') }],
        payload: hex(''),
      },
    });
  });

  it('gives plain Uint8Arrays of a Buffer within a larger one', () => {
    const pool = Buffer.concat([Buffer.alloc(7), encodeMessage({ ...get, payload: utf8('on') }), Buffer.alloc(3)]);
    const decoded = decodeMessage(pool.subarray(7, pool.length - 3));
    if (!decoded.ok) throw new Error(decoded.problem.message);
    expect(Buffer.isBuffer(decoded.message.payload)).toBe(false);
    expect(decoded.message).toEqual({ ...get, payload: utf8('on') });
  });

  it.each<[string, DecodeProblem, number]>([
    ['', 'coap-header-truncated', 0],
    ['40', 'coap-header-truncated', 1],
    ['6E 8D', 'coap-header-truncated', 2],
    ['40 01 00', 'coap-header-truncated', 3],
    ['00 00 00 00', 'coap-version', 0],
    ['80 01 00 01', 'coap-version', 0],
    ['C0 01 00 01', 'coap-version', 0],
    ['41 00 00 00 00', 'coap-empty-with-content', 0],
    ['40 00 00 00 FF', 'coap-empty-with-content', 4],
    ['40 00 00 00 00', 'coap-empty-with-content', 4],
    ['40 20 00 00', 'coap-code-class', 1],
    ['40 C0 00 00', 'coap-code-class', 1],
    ['40 E1 00 00', 'coap-code-class', 1],
    ['49 01 00 00 11 22 33 44 55 66 77 88 99', 'coap-token-length', 0],
    ['4F 01 00 01', 'coap-token-length', 0],
    ['4D 01 00 01', 'coap-token-length', 0],
    ['4E 01 00 01 00', 'coap-token-length', 0],
    ['48 01 00 01 AA', 'coap-token-truncated', 4],
    ['41 01 00 01', 'coap-token-truncated', 4],
    ['40 01 00 00 F0 FF 00', 'coap-option-delta-reserved', 4],
    ['40 01 00 00 0F FF 01', 'coap-option-length-reserved', 4],
    ['40 01 00 01 D0', 'coap-option-header-truncated', 4],
    ['40 01 00 01 E0 00', 'coap-option-header-truncated', 4],
    ['40 01 00 01 0D', 'coap-option-header-truncated', 4],
    ['40 01 00 01 DD 00', 'coap-option-header-truncated', 4],
    ['40 01 00 01 0E FF FF', 'coap-option-value-truncated', 7],
    ['40 01 00 01 E1 FE F2 00 E1 FE F2 00', 'coap-option-number', 8],
    ['40 01 00 01 BF 30', 'coap-option-length-reserved', 4],
    ['40 01 00 01 B2 33', 'coap-option-value-truncated', 5],
    ['40 01 00 01 B1 33 FF', 'coap-payload-missing', 6],
    ['40 01 00 01 FF', 'coap-payload-missing', 4],
  ])('refuses %s with %s at %i', (bytes, code, at) => {
    const decoded = decodeMessage(hex(bytes));
    expect(decoded).toMatchObject({ ok: false, problem: { code, at } });
  });

  it('tells the header of what it refuses, so that it can be reset', () => {
    const decoded = decodeMessage(hex('5D 02 12 34 00'));
    expect(!decoded.ok && decoded.header).toEqual({
      version: 1,
      type: 'NON',
      code: '0.02',
      id: 0x1234,
      tokenLength: 13,
    });
  });

  it('tells no header of fewer than four bytes', () => {
    expect(decodeMessage(hex('40 01 00'))).not.toHaveProperty('header');
  });

  it('reads every prefix of a message as a message or a problem within it', () => {
    const whole = encodeMessage({ ...get, payload: utf8('abc') });
    for (let length = 0; length < whole.length; length++) {
      const decoded = decodeMessage(whole.subarray(0, length));
      if (!decoded.ok) expect(decoded.problem.at).toBeLessThanOrEqual(length);
    }
  });

  it('throws at nothing, and re-encodes what it accepts to the same bytes: 20,000 random and mutated datagrams', () => {
    const random = seeded(7252);
    const whole = encodeMessage({
      ...get,
      options: [...uriPath('/a/bc'), { number: 300, value: new Uint8Array(20) }],
      payload: utf8('x'),
    });
    let accepted = 0;
    for (let i = 0; i < 20_000; i++) {
      const bytes = i % 2 === 0 ? random.bytes(random.integer(40)) : Uint8Array.from(whole);
      if (i % 2 === 0) bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
      else for (let n = random.integer(4); n >= 0; n--) bytes[random.integer(bytes.length)] = random.integer(256);
      const decoded = decodeMessage(bytes);
      if (!decoded.ok) continue;
      accepted++;
      expect(toHex(encodeMessage(decoded.message))).toBe(toHex(bytes));
    }
    expect(accepted).toBeGreaterThan(1_000);
  });
});
