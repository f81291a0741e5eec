// How each foreign peer is started, and what it cannot do. A peer says for a suite and a kind of credential why it cannot,
// or nothing; `client` and `server` give the command for one role.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { files, identity, keyHex, keyText, serverName } from './stack.mjs';
import { version } from './processes.mjs';

const OPENSSL_SUITES = {
  PSK_AES_128_CCM_8: 'PSK-AES128-CCM8',
  PSK_AES_128_CCM: 'PSK-AES128-CCM',
  PSK_AES_128_GCM_SHA256: 'PSK-AES128-GCM-SHA256',
  PSK_AES_128_CBC_SHA256: 'PSK-AES128-CBC-SHA256',
  ECDHE_PSK_AES_128_CBC_SHA256: 'ECDHE-PSK-AES128-CBC-SHA256',
  ECDHE_ECDSA_AES_128_CCM_8: 'ECDHE-ECDSA-AES128-CCM8',
  ECDHE_ECDSA_AES_128_CCM: 'ECDHE-ECDSA-AES128-CCM',
  ECDHE_ECDSA_AES_128_GCM_SHA256: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  ECDHE_ECDSA_AES_128_CBC_SHA256: 'ECDHE-ECDSA-AES128-SHA256',
};

export const openssl = {
  name: 'OpenSSL',
  version: () => version('openssl', ['version']),
  cannot: (role, suite, kind) => (kind === 'rpk' ? 'raw public keys came with OpenSSL 3.2' : undefined),
  client: (port, suite, kind, extra = []) => ({
    command: 'openssl',
    args: [
      ...['s_client', '-dtls1_2', '-connect', `127.0.0.1:${port}`, '-cipher', `${OPENSSL_SUITES[suite]}:@SECLEVEL=0`],
      ...(kind === 'psk'
        ? ['-psk_identity', identity, '-psk', keyHex]
        : [
            '-cert',
            files.client.certificate,
            '-key',
            files.client.key,
            '-CAfile',
            files.authority,
            '-verify_return_error',
          ]),
      ...['-servername', serverName, ...extra],
    ],
    ready: /Verify return code|Verification|SSL-Session/,
  }),
  server: (port, suite, kind, extra = []) => ({
    command: 'openssl',
    args: [
      ...['s_server', '-dtls1_2', '-accept', `127.0.0.1:${port}`, '-cipher', `${OPENSSL_SUITES[suite]}:@SECLEVEL=0`],
      ...(kind === 'psk'
        ? ['-psk_identity', identity, '-psk', keyHex, '-nocert']
        : [
            '-cert',
            files.server.certificate,
            '-key',
            files.server.key,
            '-CAfile',
            files.authority,
            '-Verify',
            '2',
            '-verify_return_error',
          ]),
      ...extra,
    ],
    ready: /ACCEPT/,
  }),
  speaks: 'text',
};

const GNUTLS_CIPHERS = {
  PSK_AES_128_CCM_8: '+PSK:+AES-128-CCM-8:+AEAD',
  PSK_AES_128_CCM: '+PSK:+AES-128-CCM:+AEAD',
  PSK_AES_128_GCM_SHA256: '+PSK:+AES-128-GCM:+AEAD',
  PSK_AES_128_CBC_SHA256: '+PSK:+AES-128-CBC:+SHA256',
  ECDHE_PSK_AES_128_CBC_SHA256: '+ECDHE-PSK:+AES-128-CBC:+SHA256',
  ECDHE_ECDSA_AES_128_CCM_8: '+ECDHE-ECDSA:+AES-128-CCM-8:+AEAD',
  ECDHE_ECDSA_AES_128_CCM: '+ECDHE-ECDSA:+AES-128-CCM:+AEAD',
  ECDHE_ECDSA_AES_128_GCM_SHA256: '+ECDHE-ECDSA:+AES-128-GCM:+AEAD',
  ECDHE_ECDSA_AES_128_CBC_SHA256: '+ECDHE-ECDSA:+AES-128-CBC:+SHA256',
};
const gnutlsPriority = (suite, kind, groups = '+GROUP-ALL') =>
  ['NONE', '+VERS-DTLS1.2', GNUTLS_CIPHERS[suite], '+SIGN-ALL', '+COMP-NULL', groups]
    .concat(kind === 'rpk' ? ['+CTYPE-CLI-RAWPK', '+CTYPE-SRV-RAWPK'] : ['+CTYPE-X509'])
    .join(':');

export const gnutls = {
  name: 'GnuTLS',
  version: () => version('gnutls-cli', ['--version']),
  cannot: (role, suite) =>
    role === 'client' && suite.startsWith('ECDHE_PSK')
      ? 'gnutls-cli 3.7.9 dies of SIGSEGV once an ECDHE_PSK handshake has completed, with gnutls-serv too; see below'
      : undefined,
  client: (port, suite, kind, extra = [], groups) => ({
    command: 'gnutls-cli',
    args: [
      ...[
        '--udp',
        '--port',
        String(port),
        '--priority',
        gnutlsPriority(suite, kind, groups),
        '--sni-hostname',
        serverName,
      ],
      ...(kind === 'psk' ? ['--pskusername', identity, '--pskkey', keyHex] : []),
      ...(kind === 'rpk'
        ? ['--rawpkkeyfile', files.client.key, '--rawpkfile', files.client.publicKey, '--no-ca-verification']
        : []),
      ...(kind === 'x509'
        ? [
            '--x509certfile',
            files.client.certificate,
            '--x509keyfile',
            files.client.key,
            '--x509cafile',
            files.authority,
          ]
        : []),
      ...['--verify-hostname', serverName, ...extra, '127.0.0.1'],
    ],
    ready: /Handshake was completed/,
  }),
  server: (port, suite, kind, extra = [], groups) => ({
    command: 'gnutls-serv',
    args: [
      ...['--udp', '--echo', '--port', String(port), '--priority', gnutlsPriority(suite, kind, groups)],
      ...(kind === 'psk' ? ['--pskpasswd', files.psk] : []),
      ...(kind === 'rpk'
        ? ['--rawpkkeyfile', files.server.key, '--rawpkfile', files.server.publicKey, '--require-client-cert']
        : []),
      ...(kind === 'x509'
        ? ['--x509certfile', files.server.certificate, '--x509keyfile', files.server.key].concat([
            '--x509cafile',
            files.authority,
            '--require-client-cert',
            '--verify-client-cert',
          ])
        : []),
      ...extra,
    ],
    ready: /listening|Echo Server|ready/i,
  }),
  speaks: 'echo',
};

/** libcoap's tools cannot be told a suite: they offer or take what their TLS library has by default. */
const libcoap = (library, cannot) => ({
  name: `libcoap with ${library === 'openssl' ? 'OpenSSL' : 'GnuTLS'}`,
  version: () => version(`coap-client-${library}`, ['-h']),
  cannot,
  client: (port, suite, kind) => ({
    command: `coap-client-${library}`,
    args: [...libcoapCredentials('client', kind), '-B', '30', '-m', 'get', `coaps://127.0.0.1:${port}/interop`],
    ready: undefined,
  }),
  server: (port, suite, kind) => ({
    command: `coap-server-${library}`,
    // The plain port is one below the secure one.
    args: ['-A', '127.0.0.1', '-p', String(port - 1), '-v', '4', ...libcoapCredentials('server', kind)],
    ready: undefined,
  }),
  speaks: 'coap',
});

function libcoapCredentials(side, kind) {
  if (kind === 'psk') return side === 'client' ? ['-u', identity, '-k', keyText] : ['-k', keyText];
  if (kind === 'rpk') return ['-M', files[side].publicKey, '-j', files[side].key];
  return ['-c', files[side].certificate, '-j', files[side].key, '-C', files.authority];
}

export const libcoapOpenssl = libcoap('openssl', (role, suite, kind) => {
  if (kind === 'rpk') return 'libcoap 4.3.1 has raw public keys with TinyDTLS and GnuTLS only';
  const isOld = kind === 'psk' && suite.includes('CBC');
  return role === 'server' && isOld
    ? 'coap-server-openssl takes the list TLSv1.3:TLSv1.2, and OpenSSL counts the CBC suites of PSK to TLS 1.0: alert 40'
    : undefined;
});
export const libcoapGnutls = libcoap('gnutls', () => undefined);

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export const nodeDtlsClient = {
  name: 'node-dtls-client',
  /** Fetched where it is not there yet. */
  version() {
    execFileSync(process.execPath, [path('../peers.mjs'), 'node-dtls-client'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const manifest = path('../../.peers/node-dtls-client/node_modules/node-dtls-client/package.json');
    return JSON.parse(readFileSync(manifest, 'utf8')).version;
  },
  cannot(role, suite, kind) {
    if (role === 'server') return 'a client only';
    if (kind !== 'psk') return 'pre-shared keys only';
    return suite.startsWith('ECDHE') ? 'has no ECDHE' : undefined;
  },
  client: (port) => ({
    command: process.execPath,
    args: [path('node-dtls-peer.mjs'), String(port), identity, keyText],
    ready: /connected/,
  }),
  speaks: 'text',
};

const scandiumClasses = path('../../.peers/interop-dtls/classes');
const leshanLibraries = path('../../.peers/leshan/lib');

/** The suite as Californium names it. */
const ianaName = (suite) => suite.replace(/^(ECDHE_ECDSA|ECDHE_PSK|PSK)_/, 'TLS_$1_WITH_');

/** @param cid length of its connection ids */
const scandiumCommand = (role, port, suite, kind, [cid = 'none'] = []) => {
  const other = role === 'client' ? 'server' : 'client';
  const peer = kind === 'rpk' ? files[other].publicKey : files.authority;
  const own = kind === 'rpk' ? files[role].publicKey : files[role].certificate;
  return {
    command: 'java',
    args: [
      ...[
        '-XX:TieredStopAtLevel=1',
        '-cp',
        `${scandiumClasses}:${leshanLibraries}/*`,
        'ScandiumPeer',
        role,
        String(port),
      ],
      ...[ianaName(suite), cid],
      ...(kind === 'psk' ? [identity, keyText] : [kind, files[role].key, own, peer]),
    ],
    ready: /started/,
  };
};

/** The DTLS stack of Californium and Leshan, in a program of ours. */
export const scandium = {
  name: 'Scandium',
  /** Fetched with Leshan's libraries where it is not there yet, which takes Maven and a JDK. */
  version() {
    execFileSync(process.execPath, [path('../peers.mjs'), 'leshan'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const sources = [path('ScandiumPeer.java')];
    execFileSync('javac', ['-d', scandiumClasses, '-cp', `${leshanLibraries}/*`, ...sources], { stdio: 'inherit' });
    const [, version] = /scandium-(.*)\.jar/.exec(readdirSync(leshanLibraries).join('\n')) ?? [];
    return version && `Scandium ${version}`;
  },
  cannot: () => undefined,
  client: (port, suite, kind, extra) => scandiumCommand('client', port, suite, kind, extra),
  server: (port, suite, kind, extra) => scandiumCommand('server', port, suite, kind, extra),
  speaks: 'echo',
};

export const peers = [openssl, gnutls, libcoapOpenssl, libcoapGnutls, nodeDtlsClient, scandium];
