// Our server behind the control contract, spoilt in one way for each case: `node twisted-adapter.mjs CLI '{"case": "way"}'`.
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import { argv, stdin, stdout } from 'node:process';

const ways = JSON.parse(argv[3] ?? '{}');
const calls = new Map();
const say = stdout.write.bind(stdout);
const tell = (value) => say(`${JSON.stringify(value)}\n`);
let way;

/** What is asked of the system itself: a stimulus that is no nonsense. */
const isStimulus = (call) => call?.method === 'stimulate' && call.params.do !== 'x-nonsense';

/** Calls that do not reach the server, and what is done instead. */
const INSTEAD = {
  dies: () => process.exit(7),
  'is silent': () => undefined,
  refuses: ({ id }) => tell({ id, error: { code: 'rest', message: 'GET /api/clients: HTTP 500' } }),
  fails: ({ id }) => tell({ id, result: { failed: 'the console did not answer' } }),
  'only claims': ({ id }) => tell({ id, result: {} }),
  'has another shape': ({ id }) => tell({ id, result: { ok: true } }),
  'is another call': ({ id }) => tell({ id: id + 1000, result: {} }),
};

const input = new PassThrough();
createInterface({ input: stdin })
  .on('line', (line) => {
    const call = JSON.parse(line);
    calls.set(call.id, call);
    if (call.method === 'start') way = ways[call.params.case];
    const instead = isStimulus(call) ? INSTEAD[way] : undefined;
    if (instead) instead(call);
    else input.write(`${line}\n`);
  })
  .on('close', () => input.end());

// What our server answers, on its way out.
stdout.write = (chunk) => {
  const isUntidy = way === 'is untidy' && isStimulus(calls.get(JSON.parse(chunk.toString()).id));
  if (!isUntidy) return say(chunk);
  say('Connected.\n');
  setTimeout(() => say(`${chunk}${chunk}`), 500);
  return true;
};
Object.defineProperty(process, 'stdin', { value: input });
process.argv.splice(1, argv.length, argv[2], 'serve', 'server', '--control', 'stdio');
await import(argv[1]);
