import { peers } from './peers.mjs';
import { call, serve } from './trial.mjs';
const [peerName, role, suite, kind] = process.argv.slice(2);
const peer = peers.find(({ name }) => name.toLowerCase().includes(peerName));
if (!peer.version()) throw new Error(`${peer.name} is not installed`);
const result = await (role === 'server' ? call : serve)(peer, suite, kind);
console.log(
  result.isOk,
  result.why,
  JSON.stringify(result.session),
  result.events.map((e) => e.kind + ' ' + (e.name ?? e.reason ?? '')).join(', '),
);
if (!result.isOk) console.log(result.output);
process.exit(0);
