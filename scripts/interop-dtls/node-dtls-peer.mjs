// node-dtls-client as a program: connects, sends what stdin brings, prints what comes.
import { createRequire } from 'node:module';

// Fetched by `node scripts/peers.mjs node-dtls-client`.
const { dtls } = createRequire(new URL('../../.peers/node-dtls-client/', import.meta.url))('node-dtls-client');

const [port, identity, key] = process.argv.slice(2);
const socket = dtls.createSocket({
  type: 'udp4',
  address: '127.0.0.1',
  port: Number(port),
  psk: { [identity]: key },
  timeout: 5000,
});
socket.on('connected', () => console.log('connected'));
socket.on('message', (bytes) => console.log(`got ${bytes.toString()}`));
socket.on('error', (error) => console.log(`error ${error.message}`));
socket.on('close', () => process.exit(0));
process.stdin.on('data', (bytes) => socket.send(bytes));
process.stdin.on('end', () => socket.close());
