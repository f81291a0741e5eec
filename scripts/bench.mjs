// `npm run bench [-- PART … --json]`: what the budgets of docs/architecture.md ask, each beside something else in the same run.
import { execFileSync, fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { catalogue } from '../dist/harness/host/catalogue.generated.js';
import { runOnReference } from '../dist/harness/host/run/mutants.js';
import { RealClock } from '../dist/harness/base/clock.js';
import { seeded } from '../dist/harness/base/random.js';
import { Endpoint } from '../dist/harness/coap/index.js';
import { tap } from '../dist/harness/link/tap.js';
import { udpLink } from '../dist/harness/link/udp.js';
import { modelFor } from '../dist/harness/model/registry.js';
import { WireView } from '../dist/harness/record/wire-view.js';
import { uintOption, uriPath } from '../dist/harness/wire/coap/index.js';
import { cbor } from './bench/cbor.mjs';
import { codecs } from './bench/codecs.mjs';
import { dtls } from './bench/dtls.mjs';
import { missing } from './bench/libraries.mjs';
import { median, ms, percentile, row, rows } from './bench/measure.mjs';

const CLI = fileURLToPath(new URL('../dist/harness/host/cli.js', import.meta.url));
/** Rounds of all cases after which V8 has compiled what they share; each takes less than the one before. */
const WARM_UP = 4;

if (process.argv[2] === 'echo') await echo();
else await main();

async function main() {
  const parts = { commands: commandLine, cases, codecs, cbor, dtls, udp: roundTrip };
  const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
  const unknown = asked.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) {
    console.error(`${JSON.stringify(unknown)} is no part of the bench: ${Object.keys(parts).join(', ')}`);
    process.exit(2);
  }
  for (const [name, part] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await part();
  if (process.argv.includes('--json')) console.log(JSON.stringify({ rows }, null, 2));
  else
    for (const { what, ours, unit, beside, budget } of rows)
      console.log(
        `${what.padEnd(52)} ${String(ours).padStart(10)} ${unit.padEnd(6)} ${beside}${budget ? `   budget ${budget}` : ''}`,
      );
  for (const library of missing)
    console.error(`without a library of the npm registry, its figures are left out: ${library}`);
  if (missing.length > 0) process.exitCode = 1;
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
  const begun = performance.now();
  for (const each of all) await run(each);
  const first = (performance.now() - begun) / all.length;
  for (let round = 1; round < WARM_UP; round++) for (const each of all) await run(each);
  const times = [];
  let longest = { time: 0 };
  for (const each of all) {
    const start = performance.now();
    await run(each);
    const time = performance.now() - start;
    times.push(time);
    if (time > longest.time) longest = { time, id: each.testCase.meta.id };
  }
  row(
    `a case on the reference bench, mean of ${times.length}`,
    (times.reduce((a, b) => a + b) / times.length).toFixed(2),
    'ms',
    `the first time ${first.toFixed(2)} ms; median ${median(times).toFixed(2)} ms; longest ${longest.time.toFixed(1)} ms, ${longest.id}`,
    '1 ms, longest 100 ms',
  );
  row(
    `memory after ${times.length} cases with journals`,
    Math.round(process.memoryUsage().rss / 1e6),
    'MB',
    '',
    '300 MB',
  );
}

/** GET /3/0/9 over loopback UDP to another process, all taps on, above a raw datagram echo in the same run. */
async function roundTrip() {
  const child = fork(fileURLToPath(import.meta.url), ['echo'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ raw, coap }] = await once(child, 'message');
  const socket = createSocket('udp4');
  const rawTimes = await tripTimes(async () => {
    socket.send('x', raw, '127.0.0.1');
    await once(socket, 'message');
  });
  socket.close();
  const clock = new RealClock();
  const view = new WireView(clock, modelFor('1.1'));
  const link = (await udpLink({})).value;
  const tapped = tap(link, (direction, _peer, bytes) =>
    view.feed(direction === 'out' ? 'server' : 'client', direction === 'out' ? 'client' : 'server', bytes, clock.now()),
  );
  const endpoint = new Endpoint({ link: tapped, clock, random: seeded(1) });
  const times = await tripTimes(async () => {
    const answer = await endpoint.request(coap, { code: '0.01', options: uriPath('/3/0/9') });
    if (!answer.ok) throw new Error(answer.problem.message);
  });
  await endpoint.close();
  child.kill();
  const above = (pick) => (pick(times) - pick(rawTimes)).toFixed(3);
  row(
    'GET /3/0/9 over UDP with tap and view, above raw echo',
    above(median),
    'ms',
    `p99 ${above((values) => percentile(values, 0.99))} ms; raw echo ${median(rawTimes).toFixed(3)} ms, its p99 ${percentile(rawTimes, 0.99).toFixed(3)} ms`,
    '0.1 ms, p99 0.3 ms',
  );
}

/** Milliseconds of 5,000 round trips; those before them, while V8 still compiles, are left out. */
async function tripTimes(trip) {
  const times = [];
  for (let i = 0; i < 6000; i++) {
    const start = performance.now();
    await trip();
    if (i >= 1000) times.push(performance.now() - start);
  }
  return times;
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
