import {
  clientCredentials,
  clock,
  dtls,
  freePort,
  random,
  relayTo,
  serverCredentials,
  serverName,
  udpLink,
} from './stack.mjs';
import { pause, start, waitFor } from './processes.mjs';

const text = (bytes) => Buffer.from(bytes).toString('latin1');
const COAP_GET = Uint8Array.of(0x41, 0x01, 0x12, 0x34, 0x55);

/** ACK 2.05 with a payload for a CON request, as far as a peer's client needs it. */
function answerCoap(request) {
  const tokenLength = request[0] & 15;
  const head = Uint8Array.of(0x60 | tokenLength, 0x45, request[2], request[3]);
  return Uint8Array.from([...head, ...request.subarray(4, 4 + tokenLength), 0xff, ...Buffer.from('interop works')]);
}

/** Collects what a link reports, for the cell of the table. */
function watch() {
  const events = [];
  return {
    events,
    why: () => {
      const failure = events.find(({ kind }) => kind === 'failed');
      const alert = events.find((event) => event.kind === 'alert' && event.level === 'fatal');
      return failure?.problem.message ?? (alert ? `alert ${alert.name} ${alert.direction}` : 'no handshake');
    },
  };
}

/** Loses nothing once a session stands: nobody repeats data. */
const duringHandshake =
  (drop = () => false, events) =>
  (index, direction) =>
    !events.some(({ kind }) => kind === 'connected') && drop(index, direction);

/**
 * Our server, their client, started once for each of `runs` with those arguments more; `then` goes on with the program, and with
 * the relay between the two, and says false where it fails.
 * @returns sessions and program output when data went both ways each time, or why not
 */
export async function serve(peer, suite, kind, { runs = [[]], groups, server = {}, drop, then } = {}) {
  const { events, why } = watch();
  const link = await udpLink(duringHandshake(drop, events));
  const onEvent = (event) => events.push(event);
  const options = { credentials: serverCredentials(kind), suites: [suite], onEvent, ...server };
  const ours = dtls.dtlsServer({ link, clock, random, ...options });
  const relay = await relayTo(link.port);
  const received = [];
  ours.onReceive((from, datagram) => {
    received.push(text(datagram));
    ours.send(from, peer.speaks === 'coap' ? answerCoap(datagram) : datagram);
  });
  try {
    let last;
    for (const extra of runs) {
      received.length = 0;
      const program = start(...commandOf(peer.client(then ? relay.port : link.port, suite, kind, extra, groups)));
      const count = events.filter((event) => event.kind === 'connected').length;
      const isOk = await converse(
        peer,
        program,
        events,
        count,
        received,
        peer.client(0, suite, kind).ready,
        drop ? 20 : 6,
      );
      const isWhole = isOk && (await then?.(program, relay)) !== false;
      last = outcome(isWhole, events, program, why);
      program.stop();
      if (!isWhole) break;
      await pause(0.1);
    }
    return last;
  } finally {
    await ours.close();
    await relay.close();
  }
}

const commandOf = ({ command, args }) => [command, args];

/** Waits for one more handshake, then has the client send a line and see it again. */
async function converse(peer, program, events, before, received, ready, seconds) {
  const connected = () => events.filter((event) => event.kind === 'connected').length > before;
  await waitFor(() => connected() || program.exited, seconds);
  if (peer.speaks === 'coap') return program.until(/interop works/, seconds);
  if (!connected() || program.exited) return false;
  if (ready) await program.until(ready, 2);
  await pause(0.1);
  program.output = '';
  program.write('hello there\n');
  await waitFor(() => received.join('').includes('hello there'), 3);
  return program.until(/hello there/, 3);
}

/** Our client, their server; `connections` handshakes one after another; one that `moves` says its line from another address. */
export async function call(
  peer,
  suite,
  kind,
  { extra, groups, client = {}, connections = 1, drop, moves = false } = {},
) {
  const port = await freePort();
  const { command, args, ready } = peer.server(port, suite, kind, extra, groups);
  const program = start(command, args);
  const { events, why } = watch();
  const link = await udpLink(duringHandshake(drop, events));
  const onEvent = (event) => events.push(event);
  const options = {
    credentials: clientCredentials(kind),
    suites: [suite],
    serverName: kind === 'x509' ? serverName : undefined,
  };
  const ours = dtls.dtlsClient({ link, clock, random, onEvent, ...options, ...client });
  let received = '';
  ours.onReceive((from, datagram) => (received += text(datagram)));
  try {
    if (ready) await program.until(ready, 2);
    await pause(0.15);
    const server = `127.0.0.1:${port}`;
    for (let count = 0; count < connections; count++) {
      if (count > 0) ours.disconnect(server);
      if (count > 0) await pause(0.3);
      const session = await Promise.race([ours.connect(server), pause(drop ? 20 : 6)]);
      if (!session?.ok) return outcome(false, events, program, why);
    }
    if (moves) await link.move();
    received = '';
    ours.send(server, peer.speaks === 'coap' ? COAP_GET : Buffer.from('hello there\n'));
    if (peer.speaks === 'text') {
      await program.until(/hello there/, 3);
      program.write('hello there\n');
    }
    const wanted = peer.speaks === 'coap' ? '\x12\x34\x55' : 'hello there';
    return outcome(await waitFor(() => received.includes(wanted), 3), events, program, why);
  } finally {
    await ours.close();
    program.stop();
  }
}

function outcome(isOk, events, program, why) {
  const sessions = events.filter(({ kind }) => kind === 'connected').map(({ session }) => session);
  return { isOk, session: sessions.at(-1), sessions, events, output: program.output, why: isOk ? undefined : why() };
}
