import { octets } from '../../harness/case/index.js';
import type { BelowCoap } from '../../harness/case/context.js';

/** Sends what is no record of the session, or one that has been. @throws Error without such a name: a fault of the case */
export function sendBad(records: BelowCoap['records'], name: string): void {
  switch (name) {
    case 'garbage':
      return records.datagram(new Uint8Array(40).fill(0xa7));
    case 'truncated':
      return records.again((datagram) => newer(datagram).subarray(0, -3));
    case 'damaged':
      return records.again((datagram) => withByte(newer(datagram), datagram.length - 1, (byte) => byte ^ 0xff));
    case 'replayed':
      return records.again();
    case 'later-epoch':
      return records.again((datagram) => withByte(newer(datagram), EPOCH, () => 7));
    // A fatal handshake_failure, and a close_notify, that anybody could have sent.
    case 'clear-alert':
      return records.datagram(octets('15 fefd 0000 000000001001 0002 02 28'));
    case 'clear-close':
      return records.datagram(octets('15 fefd 0000 000000001001 0002 01 00'));
    case 'short-alert':
      return records.datagram(octets('15 fefd 0000 000000001001 0001 02'));
    case 'change-cipher-spec':
      return records.datagram(octets('14 fefd 0000 000000001001 0001 01'));
    default:
      throw new Error(`no record is called ${name}`);
  }
}

/** Places of the low bytes of epoch and number in a record (RFC 6347 §4.1). */
const EPOCH = 4;
const NUMBER = 9;

/** With a number that has not been. */
const newer = (datagram: Uint8Array): Uint8Array => withByte(datagram, NUMBER, (byte) => byte + 0x20);

const withByte = (bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array =>
  bytes.map((byte, i) => (i === at ? change(byte) & 0xff : byte));
