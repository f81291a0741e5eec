// Runs our DTLS stack against foreign peers in both roles and prints the table of docs/findings/dtls-interop.md.
//   node scripts/interop-dtls/run.mjs [--write] [peer …]
import { writeFileSync } from 'node:fs';
import { dtls } from './stack.mjs';
import { features } from './features.mjs';
import { peers } from './peers.mjs';
import { call, serve } from './trial.mjs';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const chosen = peers.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part.toLowerCase())),
);

const rows = dtls.SUITES.flatMap(({ name, keyExchange }) =>
  (keyExchange === 'ecdhe-ecdsa' ? ['rpk', 'x509'] : ['psk']).map((kind) => ({ suite: name, kind })),
);
const notes = [];

/** A number of a note, the same for the same text. */
function note(text) {
  if (!notes.includes(text)) notes.push(text);
  return `[${notes.indexOf(text) + 1}]`;
}

async function cell(peer, role, { suite, kind }) {
  const cannot = peer.cannot(role, suite, kind);
  if (cannot) return `– ${note(cannot)}`;
  const result = await (role === 'server' ? call : serve)(peer, suite, kind);
  console.error(`${peer.name} as ${role}, ${suite}, ${kind}: ${result.isOk ? 'ok' : result.why}`);
  return result.isOk ? 'ok' : `FAILED ${note(`${result.why}; the peer said: ${lastLine(result.output)}`)}`;
}

/** The last line that a program printed. */
const lastLine = (output) => output.trim().split('\n').at(-1)?.trim() || 'nothing';

async function table(role) {
  const lines = [
    `| Suite | Credential | ${chosen.map(({ name }) => name).join(' | ')} |`,
    `|---|---|${'---|'.repeat(chosen.length)}`,
  ];
  for (const row of rows) {
    const cells = [];
    for (const peer of chosen) cells.push(await cell(peer, role, row));
    lines.push(`| ${row.suite} | ${row.kind} | ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}

async function featureTable() {
  const lines = ['| What | Peer | Result |', '|---|---|---|'];
  for (const { what, peer, trial } of features.filter(({ peer }) => chosen.includes(peer))) {
    const { isOk, why, detail } = await trial();
    console.error(`${peer.name}: ${what}: ${isOk ? 'ok' : why}`);
    lines.push(`| ${what} | ${peer.name} | ${isOk ? (detail ? `ok; ${detail}` : 'ok') : `FAILED: ${why}`} |`);
  }
  return lines.join('\n');
}

const versions = chosen.map((peer) => `- ${peer.name}: ${peer.version() ?? 'not installed'}`).join('\n');
const asClient = await table('client');
const asServer = await table('server');
const more = await featureTable();
const numbered = notes.map((text, index) => `${index + 1}. ${text}`).join('\n');
const report = `# DTLS: interoperability with foreign peers

Made by \`node scripts/interop-dtls/run.mjs --write\`. Each cell is a handshake with both sides authenticated and a datagram each
way over loopback UDP; our side is held to the one suite of the row. \`ok\`: it worked. \`–\`: the peer cannot, and the note says why.

${versions}

## Our server, their client

${asClient}

## Our client, their server

${asServer}

Notes:

${numbered}

## Beyond the suites

${more}

## Seen in the peers

- gnutls-cli 3.7.9 dies of SIGSEGV when an ECDHE_PSK handshake has completed, also with gnutls-serv; before that the handshake is
  right: our server reports the session.
- gnutls-cli 3.7.9 ends a handshake with internal_error (80) when a flight comes in fragments of 40 bytes; 100 bytes are taken.
  OpenSSL takes 40.
- gnutls-serv reads names with colons from its password file in hexadecimal only (\`#75726e3a…:key\`); written plainly the key is
  another one, and each Finished is dropped as undecipherable.
- OpenSSL 3.0 s_server refuses a client that offers X25519 alone with a P-256 certificate (handshake_failure): supported_groups
  bounds the curve of the certificate too. GnuTLS does not mind.
- coap-server-openssl cannot take the CBC suites of PSK: its cipher list is \`TLSv1.3:TLSv1.2\`, and OpenSSL counts them to TLS 1.0.
  Transport 1.1 §5.2.8.1 demands PSK_AES_128_CBC_SHA256 of servers.
- No server here answers a wrong key with a fatal alert: records that do not open are dropped (RFC 6347 §4.1.2.7), and the client
  waits; coap-server-gnutls says close_notify after 5 s. Our server says bad_record_mac after the third such record.

## Elsewhere

- Connection ids (RFC 9146) are Scandium's alone here. Their length is that of theirs, then ours; who moves has another address at the next
  record, behind a NAT where it is their client. The layout of RFC 9146 §5.3 is also held against one built by hand (\`known-answer.test.ts\`).
- Handshakes with OpenSSL, GnuTLS and Scandium, recorded by \`record.mjs\`, are played again byte for byte (\`recorded.test.ts\`).
- Leshan, which stands on Scandium, is run over all three kinds of credentials: [leshan-dtls.md](leshan-dtls.md).
`;
if (process.argv.includes('--write')) {
  writeFileSync(new URL('../../docs/findings/dtls-interop.md', import.meta.url), report);
} else {
  console.log(report);
}
process.exit(/FAILED/.test(report) ? 1 : 0);
