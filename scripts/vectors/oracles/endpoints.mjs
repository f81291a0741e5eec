/** What running endpoints do with a datagram: libcoap's example server and a small Californium server, both with /3/0/9. */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { runJava, javaAvailable, californium } from './java.mjs';

/** Where the application decides, an example server that does otherwise is no disagreement. */
const APPLICATION = new Set([
  'process-accept-unknown',
  'process-leading-zeros',
  'process-if-match',
  'process-if-none-match-value',
  'process-payload-in-get',
  'process-path-dot',
]);

/** @param {import('./index.mjs').Case} one */
const asks = ({ format, test, context }) =>
  format === 'coap' && test.direction === 'process' && context.transport !== 'tcp';
/** @param {import('./index.mjs').Case} one */
const asksStream = ({ format, test, context }) =>
  format === 'coap' && test.direction === 'process' && context.transport === 'tcp';

/** @param {string} hex of the first datagram, empty for none */
function reactionOf(hex) {
  if (hex === '') return 'silence';
  const type = (parseInt(hex.slice(0, 2), 16) >> 4) & 3;
  const code = parseInt(hex.slice(2, 4), 16);
  if (type === 3) return 'rst';
  if (code === 0) return 'an empty acknowledgement';
  return code >> 5 === 2 ? 'serve' : `${code >> 5}.${String(code & 31).padStart(2, '0')}`;
}

/** @param {any} test @param {string} reaction */
function judged(test, reaction) {
  if (test.reactions.includes(reaction)) return 'agrees';
  return APPLICATION.has(test.name) ? undefined : `reacts with ${reaction}`;
}

/** @type {import('./index.mjs').Oracle} */
export const californiumEndpoint = {
  name: 'californium-endpoint',
  available: javaAvailable,
  version: californium.version,
  judge(cases) {
    const asked = cases.filter(asks);
    const answers = new Map(
      runJava(asked.map(({ test }) => ({ do: 'endpoint', payload: test.payload }))).map((answer, i) => [
        asked[i],
        answer,
      ]),
    );
    return cases.map((one) => {
      const answer = answers.get(one);
      return answer?.reaction === undefined ? undefined : judged(one.test, reactionOf(answer.reaction));
    });
  },
};

const SERVERS = ['coap-server-notls', 'coap-server-openssl', 'coap-server'];
/** Its server prints its version with its usage. @param {string} program */
const usageOf = (program) => {
  const run = spawnSync(program, ['-h'], { encoding: 'utf8' });
  return run.error ? undefined : `${run.stdout}${run.stderr}`;
};
const program = () => SERVERS.find((name) => usageOf(name) !== undefined);

/** @param {string} payload @param {number} port @param {number} patience ms @returns {Promise<string>} */
function ask(payload, port, patience) {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const timer = setTimeout(() => done(''), patience);
    const done = (/** @type {string} */ hex) => {
      clearTimeout(timer);
      socket.close();
      resolve(hex);
    };
    socket.on('error', () => done(''));
    socket.on('message', (message) => done(message.toString('hex')));
    socket.send(Buffer.from(payload, 'hex'), port, '127.0.0.1');
  });
}

/** Silence may be a datagram that got lost on the way: it counts when it lasts. @param {string} payload @param {number} port */
async function askTwice(payload, port) {
  const first = await ask(payload, port, 300);
  return first === '' ? ask(payload, port, 1000) : first;
}

const CSM = '00e1';
const PING = '01e277';
/** With the token of the Ping, or, as libcoap 4.3.1 sends it, without. */
const PONG = /(01e377|00e3|10e320)$/;

/**
 * Reaction over TCP: whether a Ping after the frame is still answered, or the connection is aborted.
 * @param {string} payload @param {number} port @returns {Promise<string>}
 */
function askStream(payload, port) {
  return new Promise((resolve) => {
    let seen = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.from(CSM + payload, 'hex'));
      // A Pong to a Ping of the vector itself is not the one that is waited for.
      setTimeout(() => {
        seen = '';
        socket.write(Buffer.from(PING, 'hex'));
      }, 150);
    });
    const done = (/** @type {string} */ reaction) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reaction);
    };
    const timer = setTimeout(() => done('silence'), 800);
    socket.on('data', (bytes) => {
      seen += bytes.toString('hex');
      if (PONG.test(seen)) done('serve');
    });
    socket.on('error', () => done('abort'));
    socket.on('close', () => done('abort'));
  });
}

/** PUT /3/0/9, which makes the resource in a server that allows it. */
const MAKE = '4003ffff' + 'b133' + '0130' + '0139' + '10' + 'ff3835';

/** @type {import('./index.mjs').Oracle} */
export const libcoap = {
  name: 'libcoap',
  available: () => program() !== undefined,
  version: () => /v(\d+\.\d+\.\d+)/.exec(usageOf(program() ?? '') ?? '')?.[1] ?? '?',
  async judge(cases) {
    // Below the ports that the system gives to whoever asks for any: another program may have one of those.
    const port = 20_000 + (process.pid % 10_000);
    const server = spawn(program() ?? '', ['-A', '127.0.0.1', '-p', String(port), '-d', '10', '-v', '0'], {
      stdio: 'ignore',
    });
    /** @type {Map<import('./index.mjs').Case, string>} */
    const reactions = new Map();
    try {
      for (let tries = 0; tries < 20 && (await ask(MAKE, port, 250)) === ''; tries++) await sleep(100);
      for (const one of cases.filter(asks)) reactions.set(one, reactionOf(await askTwice(one.test.payload, port)));
      for (const one of cases.filter(asksStream)) reactions.set(one, await askStream(one.test.payload, port));
    } finally {
      server.kill();
    }
    return cases.map((one) => {
      const reaction = reactions.get(one);
      return reaction === undefined ? undefined : judged(one.test, reaction);
    });
  },
};
