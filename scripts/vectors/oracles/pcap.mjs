/** A capture file of raw IPv4 packets between two loopback addresses, for tshark to read. */

/** @param {number} value @param {number} width */
function be(value, width) {
  const bytes = Buffer.alloc(width);
  bytes.writeUIntBE(value, 0, width);
  return bytes;
}

/** @param {number} protocol @param {Buffer} body */
function ipv4(protocol, body) {
  const header = Buffer.concat([
    Buffer.from([0x45, 0]),
    be(20 + body.length, 2),
    be(0, 2),
    be(0x4000, 2),
    Buffer.from([64, protocol]),
    be(0, 2),
    Buffer.from([127, 0, 0, 1]),
    Buffer.from([127, 0, 0, 2]),
  ]);
  return Buffer.concat([header, body]);
}

/** @param {number} from @param {number} to @param {Buffer} payload */
export const udp = (from, to, payload) =>
  ipv4(17, Buffer.concat([be(from, 2), be(to, 2), be(8 + payload.length, 2), be(0, 2), payload]));

/** One segment of a stream of its own. @param {number} from @param {number} to @param {Buffer} payload */
export const tcp = (from, to, payload) =>
  ipv4(
    6,
    Buffer.concat([
      be(from, 2),
      be(to, 2),
      be(1, 4),
      be(1, 4),
      Buffer.from([0x50, 0x18]),
      be(65535, 2),
      be(0, 2),
      be(0, 2),
      payload,
    ]),
  );

/** @param {Buffer[]} packets */
export function pcap(packets) {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(262144, 16);
  head.writeUInt32LE(101, 20);
  const records = packets.flatMap((packet, i) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1_700_000_000 + i, 0);
    record.writeUInt32LE(packet.length, 8);
    record.writeUInt32LE(packet.length, 12);
    return [record, packet];
  });
  return Buffer.concat([head, ...records]);
}
