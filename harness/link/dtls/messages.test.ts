import { describe, expect, it } from 'vitest';
import { EMPTY, fromHex, toHex } from '../../base/bytes.js';
import { seeded } from '../../base/random.js';
import { Abort, alertName, decodeAlert } from './alert.js';
import {
  decodeExtensions,
  decodeFragmentLength,
  decodeServerName,
  encodeExtensions,
  encodeServerName,
} from './extension.js';
import { keyShare } from './group.js';
import { cutMessage, decodeFragments, encodeFragment, encodeWhole } from './handshake.js';
import { decodeClientHello, decodeServerHello, encodeClientHello, encodeServerHello } from './hello.js';
import {
  decodeCertificateChain,
  decodeCertificateRequest,
  decodeClientKeyExchange,
  decodeNewSessionTicket,
  decodeServerKeyExchange,
  encodeCertificateChain,
  encodeCertificateRequest,
  encodeClientKeyExchange,
  encodeNewSessionTicket,
  encodeServerKeyExchange,
} from './key-exchange.js';
import { Reassembly } from './reassembly.js';
import { suiteByCode, suiteByName, SUITES } from './suites.js';
import { Reader, uint48 } from './vector.js';

const hex = (text: string): Uint8Array => fromHex(text) ?? EMPTY;

/** The alert that an action aborts with. */
function abortOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Abort) return error.alert;
    throw error;
  }
}

const random = new Uint8Array(32).fill(7);
const clientHello = {
  version: 0xfefd,
  random,
  sessionId: hex('0102'),
  cookie: hex('aabbcc'),
  suites: [0xc0a8, 0xff],
  compression: [0],
  extensions: new Map([
    [23, EMPTY],
    [54, hex('00')],
  ]),
};

describe('a handshake message', () => {
  it('is written and read: ClientHello', () => {
    const body = encodeClientHello(clientHello);
    expect(toHex(body)).toBe(`fefd${'07'.repeat(32)}02010203aabbcc0004c0a800ff01000009001700000036000100`);
    expect(decodeClientHello(body)).toEqual(clientHello);
    expect(decodeClientHello(encodeClientHello({ ...clientHello, extensions: new Map() })).extensions.size).toBe(0);
  });

  it('is written and read: ServerHello', () => {
    const hello = {
      version: 0xfefd,
      random,
      sessionId: EMPTY,
      suite: 0xc0ae,
      compression: 0,
      extensions: new Map([[20, hex('02')]]),
    };
    expect(decodeServerHello(encodeServerHello(hello))).toEqual(hello);
  });

  it('is written and read: key exchanges', () => {
    const parameters = { group: 0x17, publicKey: new Uint8Array(65).fill(4) };
    const signature = { algorithm: 0x0403, bytes: hex('3000') };
    for (const [keyExchange, exchange] of [
      ['psk', { hint: hex('68') }],
      ['ecdhe-psk', { hint: EMPTY, parameters }],
      ['ecdhe-ecdsa', { parameters, signature }],
    ] as const) {
      expect(decodeServerKeyExchange(encodeServerKeyExchange(exchange), keyExchange)).toEqual(exchange);
    }
    for (const [keyExchange, exchange] of [
      ['psk', { identity: hex('6964') }],
      ['ecdhe-psk', { identity: EMPTY, publicKey: hex('04') }],
      ['ecdhe-ecdsa', { publicKey: hex('04') }],
    ] as const) {
      expect(decodeClientKeyExchange(encodeClientKeyExchange(exchange), keyExchange)).toEqual(exchange);
    }
  });

  it('is written and read: Certificate, CertificateRequest, NewSessionTicket', () => {
    expect(decodeCertificateChain(encodeCertificateChain([hex('aa'), hex('bbcc')]))).toEqual([hex('aa'), hex('bbcc')]);
    const request = { types: [64], algorithms: [0x0403, 0x0401], authorities: [hex('3000')] };
    expect(decodeCertificateRequest(encodeCertificateRequest(request))).toEqual(request);
    const ticket = { lifetime: 0xfffefdfc, ticket: hex('01') };
    expect(decodeNewSessionTicket(encodeNewSessionTicket(ticket))).toEqual(ticket);
  });

  it('is refused at every length but its own', () => {
    const bodies: [Uint8Array, (bytes: Uint8Array) => unknown][] = [
      [
        encodeServerKeyExchange({ hint: hex('aa'), parameters: { group: 23, publicKey: hex('04') } }),
        (b) => decodeServerKeyExchange(b, 'ecdhe-psk'),
      ],
      [
        encodeClientKeyExchange({ identity: hex('aa'), publicKey: hex('04') }),
        (b) => decodeClientKeyExchange(b, 'ecdhe-psk'),
      ],
      [encodeCertificateChain([hex('aa')]), decodeCertificateChain],
      [encodeCertificateRequest({ types: [64], algorithms: [1], authorities: [hex('aa')] }), decodeCertificateRequest],
      [encodeNewSessionTicket({ lifetime: 1, ticket: hex('aa') }), decodeNewSessionTicket],
      [encodeClientHello(clientHello), decodeClientHello],
    ];
    for (const [body, decode] of bodies) {
      expect(abortOf(() => decode(Uint8Array.from([...body, 0])))).toBe('decode_error');
      for (let length = 0; length < body.length; length++) {
        // A hello may end before its extensions.
        const isHello = decode === decodeClientHello && length === body.length - 11;
        expect(abortOf(() => decode(body.subarray(0, length)))).toBe(isHello ? undefined : 'decode_error');
      }
    }
  });

  it.each<[string, Partial<typeof clientHello>]>([
    ['no suites', { suites: [] }],
    ['no null compression', { compression: [1] }],
    ['no compression', { compression: [] }],
    ['a session id of 33 bytes', { sessionId: new Uint8Array(33) }],
  ])('is refused: a ClientHello with %s', (_, change) => {
    expect(abortOf(() => decodeClientHello(encodeClientHello({ ...clientHello, ...change })))).toBe('decode_error');
  });
});

describe('extensions', () => {
  it('are refused when one comes twice', () => {
    expect(abortOf(() => decodeExtensions(new Reader(hex('0008 00170000 00170000'), 'x')))).toBe('illegal_parameter');
  });
  it('are left out when there are none', () => {
    expect(encodeExtensions(new Map())).toEqual(EMPTY);
  });
  it('carry a server name, and read past others', () => {
    expect(decodeServerName(encodeServerName('a.example'))).toBe('a.example');
    expect(decodeServerName(hex('0009 01 0001 61 00 0002 6263'))).toBe('bc');
    expect(decodeServerName(EMPTY)).toBeUndefined();
    expect(decodeServerName(hex('0005 00 0002 ff fe'))).toBeUndefined();
  });
  it.each(['', '00', '05', '0101'])('refuse a max_fragment_length of "%s"', (body) => {
    expect(abortOf(() => decodeFragmentLength(hex(body)))).toBe('illegal_parameter');
  });
});

describe('fragments', () => {
  const message = { type: 11, sequence: 3, body: Uint8Array.from({ length: 10 }, (_, i) => i) };

  it('are cut and joined at every size, in any order', () => {
    const order = seeded(1);
    for (let size = 1; size <= 11; size++) {
      const pieces = cutMessage(message, size);
      pieces.sort(() => order.next() - 0.5);
      const reassembly = new Reassembly(3);
      for (const piece of pieces) {
        expect(reassembly.take()).toBeUndefined();
        for (const read of decodeFragments(encodeFragment(piece))) reassembly.add(read);
      }
      expect(reassembly.take()).toEqual(message);
      expect(reassembly.next).toBe(4);
    }
  });

  it('are joined over overlaps and repeats', () => {
    const reassembly = new Reassembly(3);
    for (const [from, to] of [
      [0, 4],
      [2, 6],
      [0, 4],
      [5, 10],
    ] as const) {
      reassembly.add({ type: 11, length: 10, sequence: 3, offset: from, bytes: message.body.subarray(from, to) });
    }
    expect(reassembly.take()).toEqual(message);
  });

  it('of an empty message are one', () => {
    expect(cutMessage({ type: 14, sequence: 0, body: EMPTY }, 100)).toHaveLength(1);
    const reassembly = new Reassembly(0);
    for (const piece of decodeFragments(encodeWhole({ type: 14, sequence: 0, body: EMPTY }))) reassembly.add(piece);
    expect(reassembly.take()).toEqual({ type: 14, sequence: 0, body: EMPTY });
  });

  it('are refused when they contradict each other, go beyond the message, or announce too long a one', () => {
    const first = { type: 11, length: 10, sequence: 0, offset: 0, bytes: hex('00') };
    for (const second of [
      { ...first, type: 12 },
      { ...first, length: 11 },
      { ...first, offset: 10 },
    ]) {
      const reassembly = new Reassembly(0);
      reassembly.add(first);
      expect(abortOf(() => reassembly.add(second))).toBe('illegal_parameter');
    }
    expect(abortOf(() => new Reassembly(0).add({ ...first, length: 0xffffff }))).toBe('illegal_parameter');
  });

  it('from far ahead are not kept', () => {
    const reassembly = new Reassembly(0);
    reassembly.add({ type: 11, length: 0, sequence: 500, offset: 0, bytes: EMPTY });
    expect(reassembly.take()).toBeUndefined();
  });
});

describe('names', () => {
  it('of suites are read with and without the parts of the registry', () => {
    for (const { name, code } of SUITES) {
      const [exchange = '', cipher = ''] = name.split('_AES_128_');
      expect(suiteByName(`TLS_${exchange}_WITH_AES_128_${cipher}`)?.code).toBe(code);
      expect(suiteByName(name)).toBe(suiteByCode(code));
    }
    expect(suiteByName('TLS_NULL')).toBeUndefined();
  });
  it('of alerts are those of the registry', () => {
    expect([alertName(115), alertName(0), alertName(250)]).toEqual([
      'unknown_psk_identity',
      'close_notify',
      'alert-250',
    ]);
    expect(decodeAlert(hex('0273'))).toEqual({ level: 'fatal', code: 115 });
    expect(['', '02', '020000', '0300'].map((text) => decodeAlert(hex(text)))).toEqual(Array(4).fill(undefined));
  });
});

describe('a key share', () => {
  it.each(['secp256r1', 'x25519'] as const)(
    'agrees with another on %s, and comes from the randomness given',
    (group) => {
      const [a, b] = [keyShare(group, seeded(1)), keyShare(group, seeded(2))];
      expect(a.shared(b.publicKey)).toEqual(b.shared(a.publicKey));
      expect(keyShare(group, seeded(1)).publicKey).toEqual(a.publicKey);
    },
  );
  it.each([
    ['secp256r1', '04'],
    ['secp256r1', `04${'00'.repeat(64)}`],
    ['secp256r1', `02${'11'.repeat(32)}`],
    ['x25519', '00'.repeat(32)],
    ['x25519', '00'.repeat(31)],
  ] as const)('on %s refuses %s', (group, point) => {
    expect(abortOf(() => keyShare(group, seeded(1)).shared(hex(point)))).toBe('illegal_parameter');
  });
  it('agrees with RFC 7748 §6.1', () => {
    const bobs = hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
    const bob = keyShare('x25519', { ...seeded(0), bytes: () => bobs });
    const alice = hex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');
    expect(toHex(bob.publicKey)).toBe('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
    expect(toHex(bob.shared(alice))).toBe('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742');
  });
  it('counts in 48 bits', () => {
    expect(toHex(uint48(2 ** 48 - 1))).toBe('ffffffffffff');
    expect(toHex(uint48(2 ** 32))).toBe('000100000000');
  });
});
