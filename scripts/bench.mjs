// `npm run bench [-- --json]`: what the budgets of docs/architecture.md ask, each beside something else in the same run.
import { execFileSync, fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Bench } from 'tinybench';
import coapPacket from 'coap-packet';
import * as cborX from 'cbor-x';
import * as cborg from 'cborg';
import { decode as cbor2Decode, encode as cbor2Encode } from 'cbor2';
import { catalogue } from '../dist/harness/host/catalogue.generated.js';
import { runOnReference } from '../dist/harness/host/run/mutants.js';
import { RealClock } from '../dist/harness/base/clock.js';
import { seeded } from '../dist/harness/base/random.js';
import { Endpoint } from '../dist/harness/coap/index.js';
import { tap } from '../dist/harness/link/tap.js';
import { udpLink } from '../dist/harness/link/udp.js';
import { modelFor } from '../dist/harness/model/registry.js';
import { WireView } from '../dist/harness/record/wire-view.js';
import { decode, encode } from '../dist/harness/wire/index.js';
import { readItem } from '../dist/harness/wire/cbor/tree.js';
import { encodeItem } from '../dist/harness/wire/cbor/encode-item.js';
import { decodeMessage, encodeMessage, stringOption, uintOption, uriPath } from '../dist/harness/wire/coap/index.js';

const lwm2mCodec = createRequire(import.meta.url)('lwm2m-codec');
const CLI = fileURLToPath(new URL('../dist/harness/host/cli.js', import.meta.url));
const device = {
  0: 'Open Mobile Alliance',
  1: 'Lightweight M2M Client',
  2: '345000123',
  3: '1.0',
  '6/0': 1,
  '6/1': 5,
  '7/0': 3800,
  '7/1': 5000,
  '8/0': 125,
  '8/1': 900,
  9: 100,
  10: 15,
  '11/0': 0,
  13: 1367491215,
  14: '+02:00',
  16: 'U',
};

const rows = [];
const row = (what, ours, unit, beside = '', budget = '') => rows.push({ what, ours, unit, beside, budget });
const ms = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const percentile = (values, share) => values.sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

if (process.argv[2] === 'echo') await echo();
else await main();

async function main() {
  commandLine();
  await cases();
  await codecs();
  await roundTrip();
  if (process.argv.includes('--json')) console.log(JSON.stringify({ rows }, null, 2));
  else
    for (const { what, ours, unit, beside, budget } of rows)
      console.log(
        `${what.padEnd(52)} ${String(ours).padStart(10)} ${unit.padEnd(6)} ${beside}${budget ? `   budget ${budget}` : ''}`,
      );
}

function commandLine() {
  for (const [args, budget] of [
    [['--help'], '150 ms'],
    [['list'], '250 ms'],
  ])
    row(
      `lwm2m-conformance ${args.join(' ')}`,
      Math.round(
        median([1, 2, 3, 4, 5].map(() => ms(() => execFileSync(process.execPath, [CLI, ...args], { stdio: 'pipe' })))),
      ),
      'ms',
      `bare node ${Math.round(median([1, 2, 3].map(() => ms(() => execFileSync(process.execPath, ['-e', ''])))))} ms`,
      budget,
    );
}

async function cases() {
  const all = catalogue.flatMap(({ testCase }) =>
    (testCase.meta.variants ?? [undefined]).map((variant) => ({ testCase, variant })),
  );
  const run = ({ testCase, variant }) => runOnReference(testCase, undefined, variant === undefined ? {} : { variant });
  for (const each of all) await run(each); // warm-up
  const times = [];
  while (times.length < 500)
    for (const each of all) {
      const start = performance.now();
      await run(each);
      times.push(performance.now() - start);
    }
  row(
    `a case on the reference bench, mean of ${times.length}`,
    (times.reduce((a, b) => a + b) / times.length).toFixed(2),
    'ms',
    `max ${Math.max(...times).toFixed(1)} ms`,
    '1 ms, max 100 ms',
  );
  row(
    `memory after ${times.length} cases with journals`,
    Math.round(process.memoryUsage().rss / 1e6),
    'MB',
    '',
    '300 MB',
  );
}

async function codecs() {
  const model = modelFor('1.1');
  const path = [3, 0];
  const { entriesOf } = await import('../dist/harness/wire/coerce.js');
  const entries = entriesOf(path, device, model).value;
  const speeds = async (tasks) => {
    const bench = new Bench({ time: 300, warmupTime: 100 });
    for (const [name, task] of Object.entries(tasks)) bench.add(name, task);
    await bench.run();
    return Object.fromEntries(
      bench.tasks.map((task) => [
        task.name,
        task.result?.throughput
          ? Math.round(task.result.throughput.mean)
          : Math.round(1 / (task.result?.latency?.mean / 1000 || 1)),
      ]),
    );
  };
  const their = {
    0: device[0],
    1: device[1],
    2: device[2],
    3: device[3],
    6: { 0: 1, 1: 5 },
    7: { 0: 3800, 1: 5000 },
    8: { 0: 125, 1: 900 },
    9: 100,
    10: 15,
    11: { 0: 0 },
    13: 1367491215,
    14: '+02:00',
    16: 'U',
  };
  const tlv = await speeds({
    ours: () => decode(11542, encode(11542, entries, { path, model }).value, { path, model }),
    theirs: () => lwm2mCodec.decode('tlv', '/3/0', lwm2mCodec.encode('tlv', '/3/0', their)),
  });
  row(
    'typed TLV encode + decode of a Device instance',
    tlv.ours,
    '/s',
    `lwm2m-codec ${tlv.theirs} /s (${(tlv.ours / tlv.theirs).toFixed(0)} x)`,
    '60,000 /s, 20 x',
  );
  for (const [name, format] of [
    ['SenML JSON', 110],
    ['SenML CBOR', 112],
    ['LwM2M JSON', 11543],
    ['LwM2M CBOR', 11544],
  ]) {
    const payload = encode(format, entries, { path, model }).value;
    const speed = await speeds({
      encode: () => encode(format, entries, { path, model }),
      decode: () => decode(format, payload, { path, model }),
    });
    row(`${name} of a Device instance, encode / decode`, `${speed.encode}`, '/s', `decode ${speed.decode} /s`);
  }
  const pack = Array.from({ length: 20 }, (_, i) => ({ n: `${i}`, v: i * 1000, t: i }));
  const bytes = cborX.encode(pack);
  const item = readItem(bytes).value;
  const asMaps = new cborX.Encoder({ mapsAsObjects: false, useRecords: false });
  const cbor = await speeds({
    'ours decode': () => readItem(bytes),
    'ours encode': () => encodeItem(item),
    'cbor-x decode': () => asMaps.decode(bytes),
    'cbor-x encode': () => cborX.encode(pack),
    'cborg decode': () => cborg.decode(bytes),
    'cborg encode': () => cborg.encode(pack),
    'cbor2 decode': () => cbor2Decode(bytes),
    'cbor2 encode': () => cbor2Encode(pack),
  });
  for (const direction of ['decode', 'encode'])
    row(
      `CBOR of 20 records, ${direction} (tree with offsets)`,
      cbor[`ours ${direction}`],
      '/s',
      ['cbor-x', 'cborg', 'cbor2'].map((name) => `${name} ${cbor[`${name} ${direction}`]}`).join(', '),
      'within 2 x of cbor-x',
    );
  const message = {
    type: 'CON',
    code: '0.01',
    id: 1,
    token: Uint8Array.of(1, 2),
    options: [...uriPath('/3/0/9'), uintOption(17, 0), stringOption(15, 'a=b')],
    payload: new Uint8Array(0),
  };
  const datagram = encodeMessage(message);
  const packet = coapPacket.parse(Buffer.from(datagram));
  const coap = await speeds({
    ours: () => decodeMessage(datagram),
    encode: () => encodeMessage(message),
    theirs: () => coapPacket.parse(Buffer.from(datagram)),
    theirsEncode: () => coapPacket.generate(packet),
  });
  row(
    'CoAP GET, decode / encode',
    `${coap.ours}`,
    '/s',
    `encode ${coap.encode} /s; coap-packet ${coap.theirs} / ${coap.theirsEncode}`,
  );
}

/** GET /3/0/9 over loopback UDP to another process, all taps on, above a raw datagram echo in the same run. */
async function roundTrip() {
  const child = fork(fileURLToPath(import.meta.url), ['echo'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ raw, coap }] = await once(child, 'message');
  const socket = createSocket('udp4');
  const rawTimes = [];
  for (let i = 0; i < 5000; i++) {
    const start = performance.now();
    socket.send('x', raw, '127.0.0.1');
    await once(socket, 'message');
    rawTimes.push(performance.now() - start);
  }
  socket.close();
  const clock = new RealClock();
  const view = new WireView(clock, modelFor('1.1'));
  const link = (await udpLink({})).value;
  const tapped = tap(link, (direction, _peer, bytes) =>
    view.feed(direction === 'out' ? 'server' : 'client', direction === 'out' ? 'client' : 'server', bytes, clock.now()),
  );
  const endpoint = new Endpoint({ link: tapped, clock, random: seeded(1) });
  const times = [];
  for (let i = 0; i < 5000; i++) {
    const start = performance.now();
    const answer = await endpoint.request(coap, { code: '0.01', options: uriPath('/3/0/9') });
    if (!answer.ok) throw new Error(answer.problem.message);
    times.push(performance.now() - start);
  }
  await endpoint.close();
  child.kill();
  const above = (pick) => (pick(times) - pick(rawTimes)).toFixed(3);
  row(
    'GET /3/0/9 over UDP with tap and view, above raw echo',
    above(median),
    'ms',
    `p99 ${above((values) => percentile(values, 0.99))} ms; raw echo ${median(rawTimes).toFixed(3)} ms`,
    '0.1 ms, p99 0.3 ms',
  );
}

async function echo() {
  const socket = createSocket('udp4');
  socket.on('message', (datagram, from) => socket.send(datagram, from.port, from.address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const link = (await udpLink({})).value;
  const endpoint = new Endpoint({ link, clock: new RealClock(), random: seeded(2) });
  endpoint.onRequest(() => ({ code: '2.05', options: [uintOption(12, 0)], payload: new TextEncoder().encode('85') }));
  process.send({ raw: socket.address().port, coap: link.local });
}
