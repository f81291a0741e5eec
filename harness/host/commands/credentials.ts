import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { toHex } from '../../base/bytes.js';
import { seeded, unpredictable } from '../../base/random.js';
import { formatPem, testPki, type Credential, type TestPki } from '../../link/dtls/index.js';
import { outputFolder } from '../files.js';
import { CommandError, Exit, type Io } from '../io.js';

export interface CredentialsFlags {
  readonly out: string;
  readonly endpoint: string;
  /** The same files again; without it the keys are fresh. */
  readonly seed?: number;
}

/** One line of the manifest. */
interface Described {
  readonly name: string;
  readonly purpose: string;
  readonly subject: string;
  readonly names: readonly string[];
  readonly curve: string;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly files: readonly string[];
}

const PURPOSES: Readonly<Record<string, string>> = {
  ca: 'authority above all but those that say otherwise',
  'other-ca': 'authority that nobody trusts',
  intermediate: 'authority below ca',
  server: 'server; to be taken',
  'server-by-intermediate': 'server below the intermediate; its .chain.pem has both; to be taken',
  'server-wrong-host': 'server of another host; to be refused where the name is checked',
  'server-expired': 'server, expired in 2001; to be refused',
  'server-not-yet-valid': 'server, valid from 2049; to be refused',
  'server-self-signed': 'server, signed by itself; to be refused unless it is the one that was provisioned',
  'server-wrong-curve': 'server with a key on P-384; to be refused, as LwM2M uses P-256',
  'server-other-authority': 'server below other-ca; to be refused',
  client: 'client; the common name is its endpoint name',
  'client-expired': 'client, expired in 2001; to be refused',
  'client-other-authority': 'client below other-ca; to be refused',
};

/** `credentials`: writes a test PKI, with a pre-shared key, into a folder of its own. Keys can be read by their owner only. */
export function credentialsCommand({ out, endpoint, seed }: CredentialsFlags, io: Io): Promise<number> {
  const folder = resolve(out);
  makeEmpty(folder, out);
  const random = seed === undefined ? unpredictable : seeded(seed);
  const all = namesOf(testPki(random, endpoint));
  const described = all.map(([name, credential]) => writeOne(folder, name, credential));
  const psk = `${endpoint}:${toHex(random.fork('psk').bytes(16))}`;
  writeSecret(join(folder, 'psk.txt'), `${psk}\n`);
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify({ endpoint, credentials: described }, null, 2)}\n`);
  writeFileSync(join(folder, 'README.md'), readme(endpoint, described));
  io.out(
    `${out}: ${described.length} certificates with their keys, and a pre-shared key; README.md says what each is for`,
  );
  return Promise.resolve(Exit.ok);
}

/** @throws CommandError where there are files already, or none can be written */
function makeEmpty(folder: string, out: string): void {
  outputFolder(folder);
  if (readdirSync(folder).length === 0) return;
  throw new CommandError({
    code: 'credentials-folder',
    message: 'the folder is not empty',
    place: out,
    hint: 'name another: keys in use are not overwritten',
  });
}

const namesOf = ({
  root,
  otherRoot,
  intermediate,
  credentials,
}: TestPki): readonly (readonly [string, Credential])[] => [
  ['ca', root],
  ['other-ca', otherRoot],
  ['intermediate', intermediate],
  ...Object.entries(credentials),
];

function writeOne(folder: string, name: string, { certificate, intermediates, privateKey }: Credential): Described {
  const at = (suffix: string): string => join(folder, `${name}.${suffix}`);
  const pem = formatPem('CERTIFICATE', certificate.der);
  writeFileSync(at('cert.der'), certificate.der);
  writeFileSync(at('cert.pem'), pem);
  writeFileSync(at('public.der'), certificate.publicKey.spki);
  writeFileSync(at('public.pem'), formatPem('PUBLIC KEY', certificate.publicKey.spki));
  writeSecret(at('key.der'), privateKey.exportPkcs8());
  writeSecret(at('key.pem'), formatPem('PRIVATE KEY', privateKey.exportPkcs8()));
  const above = intermediates.map(({ der }) => formatPem('CERTIFICATE', der));
  if (above.length > 0) writeFileSync(at('chain.pem'), [pem, ...above].join(''));
  const suffixes = ['cert', 'key', 'public'].flatMap((part) => [`${part}.der`, `${part}.pem`]);
  return {
    name,
    purpose: PURPOSES[name] ?? '',
    subject: certificate.subject,
    names: certificate.dnsNames,
    curve: certificate.publicKey.curve ?? '',
    notBefore: date(certificate.notBefore),
    notAfter: date(certificate.notAfter),
    files: [...suffixes, ...(above.length > 0 ? ['chain.pem'] : [])].map((suffix) => `${name}.${suffix}`),
  };
}

const date = (seconds: number): string => new Date(seconds * 1000).toISOString();

function writeSecret(path: string, content: Uint8Array | string): void {
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
}

function readme(endpoint: string, described: readonly Described[]): string {
  const rows = described.map(
    ({ name, purpose, notBefore, notAfter }) =>
      `| ${name} | ${purpose} | ${notBefore.slice(0, 10)} | ${notAfter.slice(0, 10)} |`,
  );
  return `# Test credentials

Made by \`lwm2m-conformance credentials\` to test with. **They protect nothing:** do not use them for a device in the field.

Each name has a certificate (\`.cert\`), a private key (\`.key\`, PKCS#8) and its public key (\`.public\`, SubjectPublicKeyInfo, for raw
public keys), each as DER and PEM. The endpoint name is \`${endpoint}\`; \`psk.txt\` holds \`identity:hexkey\`.

| Name | What for | From | Until |
| ---- | -------- | ---- | ----- |
${rows.join('\n')}

    lwm2m-conformance serve server --psk "$(cat psk.txt)"
    lwm2m-conformance serve server --cert server.cert.pem --key server.key.pem --trust ca.cert.pem
    lwm2m-conformance serve client --server coaps://127.0.0.1 --endpoint ${endpoint} \\
      --cert client.cert.pem --key client.key.pem --trust server.cert.pem
    lwm2m-conformance serve server --rpk server.key.der --peer-rpk client.public.der
    lwm2m-conformance serve client --server coaps://127.0.0.1 --endpoint ${endpoint} \\
      --rpk client.key.der --peer-rpk server.public.der
`;
}
