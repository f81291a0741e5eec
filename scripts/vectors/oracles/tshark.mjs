/**
 * tshark on CoAP messages. It shows structure (header, token, option numbers and lengths, length of the payload) and marks what it
 * cannot dissect; what it does not mark it need not have accepted, so that silence is no opinion.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sizeOf } from '../lib/bytes.mjs';
import { pcap, tcp, udp } from './pcap.mjs';

const FIELDS = [
  'frame.number',
  'coap.type',
  'coap.code',
  'coap.mid',
  'coap.token',
  'coap.opt.delta',
  'coap.opt.delta_ext',
  'coap.opt.length',
  'coap.opt.length_ext',
  'coap.payload_length',
  '_ws.malformed',
  '_ws.expert.message',
];
const TYPES = ['CON', 'NON', 'ACK', 'RST'];
const numbers = (/** @type {string | undefined} */ list) => (list ? list.split(',').map(Number) : []);

/** Nibbles and their extensions, in order. @param {number[]} nibbles @param {number[]} extensions */
function joined(nibbles, extensions) {
  let next = 0;
  return nibbles.map((nibble) =>
    nibble === 13 ? 13 + (extensions[next++] ?? 0) : nibble === 14 ? 269 + (extensions[next++] ?? 0) : nibble,
  );
}

/** What can be compared: the same of a decoded message and of a line of fields. @param {any} message @param {boolean} stream */
const shapeOf = (message, stream) =>
  JSON.stringify([
    ...(stream ? [] : [message.type, message.mid]),
    message.code,
    message.token,
    message.options.map((/** @type {[number, string]} */ [number, value]) => [number, sizeOf(value)]),
    message.payload === null ? 0 : sizeOf(message.payload),
  ]);

/** @param {string[]} fields @param {boolean} stream */
function shapeSeen([, type, code, mid, token, delta, deltaExt, length, lengthExt, payload], stream) {
  let number = 0;
  const lengths = joined(numbers(length), numbers(lengthExt));
  const options = joined(numbers(delta), numbers(deltaExt)).map((step, i) => [(number += step), lengths[i]]);
  const value = Number(code);
  return JSON.stringify([
    ...(stream ? [] : [TYPES[Number(type)], Number(mid)]),
    `${value >> 5}.${String(value & 31).padStart(2, '0')}`,
    token,
    options,
    Number(payload || 0),
  ]);
}

/** @param {Buffer[]} packets @returns {string[][]} fields of each frame */
function dissect(packets) {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  try {
    const file = join(folder, 'vectors.pcap');
    writeFileSync(file, pcap(packets));
    const args = [
      '-r',
      file,
      '-d',
      'tcp.port==5683,coap',
      '-T',
      'fields',
      '-E',
      'separator=|',
      '-E',
      'occurrence=a',
      '-E',
      'aggregator=,',
      ...FIELDS.flatMap((field) => ['-e', field]),
    ];
    const run = spawnSync('tshark', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    return run.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('|'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {any} test @param {string[]} fields @param {boolean} stream */
function judge(test, fields, stream) {
  const marked =
    fields[10] !== '' &&
    !/^(,?Invalid Option (Number|Range))*$/.test(
      fields[11]?.replace(/Invalid Option (Number|Range)[^,]*/g, 'Invalid Option $1') ?? '',
    );
  if (test.result === 'invalid') return fields[10] ? 'agrees' : undefined;
  const wanted = [test.decoded, ...(test.outcomes ?? []).map((/** @type {any} */ outcome) => outcome.decoded)].filter(
    Boolean,
  );
  const seen = shapeSeen(fields, stream);
  if (wanted.some((decoded) => shapeOf(decoded.message, stream) === seen)) return 'agrees';
  // A value that it does not like, or a payload that another dissector takes, hides the rest.
  return marked && test.result === 'valid' ? `marks it: ${fields[11]}` : undefined;
}

/** @type {import('./index.mjs').Oracle} */
export const tshark = {
  name: 'tshark',
  available: () => spawnSync('tshark', ['-v']).status === 0,
  version: () => /(\d+\.\d+\.\d+)/.exec(spawnSync('tshark', ['-v'], { encoding: 'utf8' }).stdout)?.[1] ?? '?',
  judge(cases) {
    const asked = cases.filter(
      ({ format, test }) =>
        format === 'coap' && ['decode', 'both'].includes(test.direction) && sizeOf(test.payload) < 60_000,
    );
    const packets = asked.map(({ test, context }, i) =>
      (context.transport === 'tcp' ? tcp : udp)(10_000 + i, 5683, Buffer.from(test.payload, 'hex')),
    );
    const lines = dissect(packets);
    const answers = new Map(lines.map((fields) => [asked[Number(fields[0]) - 1], fields]));
    return cases.map((one) => {
      const fields = answers.get(one);
      return fields ? judge(one.test, fields, one.context.transport === 'tcp') : undefined;
    });
  },
};
