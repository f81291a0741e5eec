// `npm run fuzz [-- --n 20000 --dtls 200000 --seed 1]`: mutated and random inputs into every decoder, and mutated datagrams into
// both roles of DTLS, in a child with a heap of 64 MB.
// Anything thrown, and any answer that is neither a value nor a problem, ends it with the smallest input that shows it.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { seeded } from '../dist/harness/base/random.js';
import { modelFor } from '../dist/harness/model/registry.js';
import { loadObjects } from '../dist/harness/model/load.js';
import { parseJournal } from '../dist/harness/record/journal.js';
import { decodeMessage } from '../dist/harness/wire/coap/index.js';
import { decode, annotate } from '../dist/harness/wire/index.js';
import { parseRegistration, parseDiscover } from '../dist/harness/wire/core-link.js';
import { parseRegister, parseAttributes } from '../dist/harness/wire/queries.js';
import { dtlsTargets } from './fuzz-dtls.mjs';
import { parseArguments } from '../dist/harness/wire/execute-arguments.js';

const { values: options } = parseArgs({
  options: {
    n: { type: 'string', default: '20000' },
    dtls: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    child: { type: 'boolean', default: false },
  },
});

if (!options.child) {
  const child = spawnSync(
    process.execPath,
    [
      '--max-old-space-size=64',
      fileURLToPath(import.meta.url),
      '--child',
      '--n',
      options.n,
      '--dtls',
      options.dtls,
      '--seed',
      options.seed,
    ],
    { stdio: 'inherit' },
  );
  process.exit(child.status ?? 1);
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const model = modelFor('1.2');
const text = (bytes) => new TextDecoder().decode(bytes);
const paths = [[], [3], [3, 0], [3, 0, 7], [3, 0, 14], [3, 0, 7, 1], [5, 0, 0]];

/** Every parser that takes input from outside: `(bytes, random) → { ok }`. */
const targets = {
  ...Object.fromEntries(
    [0, 40, 42, 60, 110, 112, 320, 322, 11542, 11543, 11544].flatMap((format) => [
      [
        `format ${format}`,
        (bytes, random) =>
          decode(format, bytes, { path: paths[random.integer(paths.length)], ...(random.integer(2) && { model }) }),
      ],
      [
        `annotation ${format}`,
        (bytes, random) => ({
          ok: Array.isArray(annotate(format, bytes, { path: paths[random.integer(paths.length)], model })) || undefined,
        }),
      ],
    ]),
  ),
  coap: (bytes) => decodeMessage(bytes),
  registration: (bytes) => parseRegistration(bytes),
  discover: (bytes) => parseDiscover(bytes),
  'register query': (bytes) => parseRegister(text(bytes).split('&'), { enabler: '1.1' }),
  attributes: (bytes) => parseAttributes(text(bytes).split('&'), { path: [3, 0, 9], enabler: '1.2' }),
  'execute arguments': (bytes) => parseArguments(text(bytes)),
  journal: (bytes) => parseJournal(text(bytes)),
  'object model': (bytes) => loadObjects(text(bytes), 'fuzz.xml'),
};

/** Payloads to mutate: the golden vectors. */
function seeds() {
  const found = [];
  for (const file of readdirSync(join(root, 'vectors')).filter((name) => name.endsWith('.json')))
    for (const match of readFileSync(join(root, 'vectors', file), 'utf8').matchAll(
      /"(?:hex|bytes|bytesHex|payload)": ?"((?:[0-9a-f]{2})+)"/gi,
    ))
      found.push(Uint8Array.from(Buffer.from(match[1], 'hex')).slice(0, 600));
  found.push(
    new TextEncoder().encode('{"kind":"head","format":1,"case":"x"}\n{"kind":"datagram","t":0,"bytes":"00"}\n'),
  );
  found.push(
    new TextEncoder().encode(
      '<LWM2M><Object ObjectType="MODefinition"><Name>x</Name><ObjectID>1</ObjectID><Resources><Item ID="0"><Name>n</Name></Item></Resources></Object></LWM2M>',
    ),
  );
  return found;
}

function mutated(seed, random) {
  const bytes = Array.from(seed);
  for (let i = 1 + random.integer(4); i > 0; i--) {
    const at = random.integer(bytes.length + 1);
    switch (random.integer(6)) {
      case 0:
        bytes[at % Math.max(bytes.length, 1)] = random.integer(256);
        break;
      case 1:
        bytes.splice(at, 0, random.integer(256));
        break;
      case 2:
        bytes.splice(at, 1 + random.integer(8));
        break;
      case 3:
        bytes.splice(at, 0, ...bytes.slice(at, at + random.integer(16)));
        break;
      case 4:
        bytes.length = Math.min(bytes.length, at);
        break;
      default:
        bytes[at % Math.max(bytes.length, 1)] ^= 1 << random.integer(8);
    }
  }
  return Uint8Array.from(bytes);
}

const outcome = (target, bytes, seed) => {
  try {
    const result = target(bytes, seeded(seed));
    return typeof result?.ok === 'boolean' ? undefined : 'neither a value nor a problem';
  } catch (error) {
    return `${error?.name}: ${error?.message}`;
  }
};

/** The smallest input by leaving out bytes that still fails the same way. */
function shrink(target, bytes, seed, failure) {
  let smallest = bytes;
  for (let size = Math.ceil(bytes.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at + size <= smallest.length;) {
      const shorter = Uint8Array.from([...smallest.slice(0, at), ...smallest.slice(at + size)]);
      if (outcome(target, shorter, seed)?.split(':')[0] === failure.split(':')[0]) smallest = shorter;
      else at += size;
    }
  return smallest;
}

const random = seeded(Number(options.seed));
const failures = new Map();

/** Gives `count` inputs to targets in turn; the smallest input of each kind of failure is kept. */
function feed(targets, count, corpusOf) {
  const names = Object.keys(targets);
  for (let ran = 0; ran < count; ran++) {
    const name = names[ran % names.length];
    const corpus = corpusOf(name);
    const bytes =
      random.integer(8) === 0
        ? random.bytes(random.integer(200))
        : mutated(corpus[random.integer(corpus.length)], random);
    const seed = random.integer(2 ** 31);
    const failure = outcome(targets[name], bytes, seed);
    const key = `${name}|${failure?.split(':')[0]}`;
    if (failure !== undefined && !failures.has(key))
      failures.set(key, { name, failure, smallest: shrink(targets[name], bytes, seed, failure) });
  }
}

const corpus = seeds();
feed(targets, Number(options.n), () => corpus);
const dtls = Number(options.dtls) > 0 ? await dtlsTargets() : {};
// The costly kinds of handshake have a smaller part.
const turns = Object.entries(dtls).flatMap(([name, { weight }]) =>
  Array.from({ length: weight }, (_, i) => [name, `${name} ${i}`]),
);
feed(
  Object.fromEntries(turns.map(([name, turn]) => [turn, dtls[name].run])),
  Number(options.dtls),
  (turn) => dtls[turn.replace(/ \d+$/, '')].corpus,
);
for (const { name, failure, smallest } of failures.values())
  console.log(`FAILED ${name}: ${failure}\n  ${Buffer.from(smallest).toString('hex')}`);
if (failures.size > 0)
  console.log(
    'once mended, each is kept: npm run new-vector -- FORMAT NAME --invalid --payload HEX (scripts/vectors/README.md)',
  );
console.log(
  `${options.n} inputs for ${Object.keys(targets).length} parsers from ${corpus.length} seeds, ${options.dtls} datagrams for ${Object.keys(dtls).length} ends of DTLS, ${failures.size} failures, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
);
process.exit(failures.size > 0 ? 1 : 0);
