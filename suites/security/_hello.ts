import { octets } from '../../harness/case/index.js';

/** PSK_AES_128_CCM_8, and the signalling value against renegotiation (RFC 5746 §3.3). */
const SUITES = octets('00 04 c0 a8 00 ff');

const RANDOM = new Uint8Array(32).fill(0x5a);

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

const uint24 = (value: number): Uint8Array => Uint8Array.of(value >>> 16, (value >>> 8) & 0xff, value & 0xff);

/** A handshake message in one piece. @param length what its header says of it */
const message = (type: number, sequence: number, body: Uint8Array, length = body.length): Uint8Array =>
  joined(Uint8Array.of(type), uint24(length), Uint8Array.of(0, sequence), uint24(0), uint24(length), body);

const helloBody = (suites: Uint8Array, session: Uint8Array = new Uint8Array(0)): Uint8Array =>
  joined(octets('fe fd'), RANDOM, Uint8Array.of(session.length), session, octets('00'), suites, octets('01 00'));

/** A ClientHello without cookie, for PSK, with no extensions. @param sequence of the message @param session that it would resume */
export const clientHello = (sequence: number, session?: Uint8Array): Uint8Array =>
  message(1, sequence, helloBody(SUITES, session));

/** In a record in the clear. */
export const inRecord = (fragment: Uint8Array, epoch = 0): Uint8Array =>
  joined(
    octets('16 fe fd'),
    Uint8Array.of(0, epoch, 0, 0, 0, 0, 0x10, 0x01, fragment.length >>> 8, fragment.length & 0xff),
    fragment,
  );

/** Hellos that no client sends, after which servers were found stuck. @throws Error without such a name: a fault of the case */
export function strangeHello(name: string): Uint8Array {
  const body = helloBody(SUITES);
  switch (name) {
    case 'odd-suites':
      return inRecord(message(1, 0, helloBody(octets('00 03 c0 a8 00 ff'))));
    case 'no-suites':
      return inRecord(message(1, 0, helloBody(octets('00 00'))));
    case 'no-length':
      return inRecord(message(1, 0, body, 0));
    case 'one-byte':
      return inRecord(message(1, 5, octets('00')));
    case 'later-epoch':
      return inRecord(clientHello(0), 1);
    case 'certificate':
      return joined(inRecord(clientHello(0)), inRecord(message(11, 1, octets('00 00'))));
    default:
      throw new Error(`no hello is called ${name}`);
  }
}
