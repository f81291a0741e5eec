import { EMPTY, fromHex, fromUtf8 } from '../base/bytes.js';
import { failed, ok, type Result } from '../base/error.js';
import type { Party } from '../model/party.js';
import type { PeerAddress, Setup, Stimulus } from './contract.js';

/** `{name}`; `{{name}}` stands for the text `{name}`. Other braces (JSON, for one) mean nothing. */
const PLACEHOLDER = /\{(\{)?([a-z/][\w./-]*)\}(\})?/g;

export type Substitutes = Readonly<Record<string, string>>;

/** Puts values in the place of `{name}`. An unknown name is a Problem that lists those there are. */
export function substitute(template: string, values: Substitutes): Result<string> {
  let unknown: { name: string; at: number } | undefined;
  const text = template.replace(
    PLACEHOLDER,
    (whole: string, open: string | undefined, name: string, close: string | undefined, at: number) => {
      if (open && close) return `{${name}}`;
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined) {
        unknown ??= { name, at };
        return whole;
      }
      return `${open ?? ''}${value}${close ?? ''}`;
    },
  );
  if (unknown === undefined) return ok(text);
  return failed({
    code: 'placeholder-unknown',
    message: `nothing is known for {${unknown.name}} in ${JSON.stringify(template)}`,
    at: unknown.at,
    hint: `there are ${Object.keys(values)
      .sort()
      .map((name) => `{${name}}`)
      .join(' ')}; write {{${unknown.name}}} for the text itself`,
  });
}

/** The same for each word of a command line. */
export function substituteAll(words: readonly string[], values: Substitutes): Result<readonly string[]> {
  const results: string[] = [];
  for (const word of words) {
    const result = substitute(word, values);
    if (!result.ok) return result;
    results.push(result.value);
  }
  return ok(results);
}

/**
 * What a command line may name of a setup:
 * - `{case} {endpoint} {enabler} {configuration}`;
 * - of the first opposite party `{uri} {scheme} {host} {port} {ssid}`, of the second `{uri2}` …,
 *   of a bootstrap-server `{bootstrap-uri}` …; `{bootstrap-uri}` is nothing without one, and `{server-uri}`, which is `{uri}`
 *   otherwise, nothing in a case whose client has to ask a bootstrap-server for servers, and `{uri2}` … nothing without a second;
 * - `{lifetime}`: the value asked for at `/1/x/1`, else 86400, the default of Core 1.0;
 * - a path such as `{/3/0/14}`: the value asked for there;
 * - `{credential.NAME}`, hexadecimal; of a pre-shared key `{psk-identity}` as text and `{psk-key}`, hexadecimal; of certificates and
 *   raw public keys files: `{client-cert-pem}`, `{client-key-der}`, `{server-public-der}`, `{ca-cert-pem}` … (docs/security.md).
 */
export function setupSubstitutes(setup: Setup): Substitutes {
  const values: Record<string, string> = {
    case: setup.case,
    endpoint: setup.endpoint,
    enabler: setup.enabler,
    configuration: setup.configuration.id,
    lifetime: '86400',
  };
  for (const [path, value] of Object.entries(setup.configuration.values)) {
    values[path] = String(value);
    if (/^\/1\/\d+\/1$/.test(path)) values['lifetime'] = String(value);
  }
  Object.assign(values, credentialSubstitutes(setup.credentials));
  const among = (parties: readonly Party[]): readonly PeerAddress[] =>
    setup.peers.filter((peer) => parties.includes(peer.party));
  among(['server', 'client']).forEach((peer, i) =>
    Object.assign(values, peerSubstitutes(peer, '', i === 0 ? '' : String(i + 1))),
  );
  among(['bootstrap-server']).forEach((peer, i) =>
    Object.assign(values, peerSubstitutes(peer, 'bootstrap-', i === 0 ? '' : String(i + 1))),
  );
  // One command line for all cases: what is not there is nothing.
  values['server-uri'] = values['uri'] ?? '';
  values['bootstrap-uri'] ??= '';
  for (const name of OF_SECOND) values[name] ??= '';
  // A client that is to bootstrap knows no other address: {uri} is then the bootstrap-server's.
  const [only] = among(['bootstrap-server']);
  if (values['uri'] === undefined && only) Object.assign(values, peerSubstitutes(only, '', ''));
  return values;
}

const OF_SECOND = ['uri2', 'scheme2', 'host2', 'port2', 'ssid2'];

/** Credentials under their own names; files, and pre-shared keys as programs take them, under short ones too. */
function credentialSubstitutes(credentials: Setup['credentials']): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(credentials)) {
    values[`credential.${name}`] = value;
    if (/-(pem|der)$/.test(name)) values[name] = value;
  }
  for (const suffix of ['', '.2', '.bootstrap']) {
    const ending = suffix.replace('.', '-');
    const identity = fromHex(credentials[`psk.identity${suffix}`] ?? '') ?? EMPTY;
    const key = credentials[`psk.key${suffix}`];
    if (key === undefined) continue;
    values[`psk-identity${ending}`] = fromUtf8(identity) ?? '';
    values[`psk-key${ending}`] = key;
  }
  return values;
}

/**
 * Credentials as environment variables, for programs that keep them off their command line: `psk.key` is `LWM2M_PSK_KEY`,
 * `rpk.client-key` is `LWM2M_RPK_CLIENT_KEY`; hexadecimal.
 */
export const credentialEnvironment = (credentials: Setup['credentials']): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(credentials).map(([name, value]) => [variableOf(name), value]));

/** What {@link credentialEnvironment} gave a client, by its names again. */
export const environmentCredentials = (environment: Readonly<NodeJS.ProcessEnv>): Setup['credentials'] =>
  Object.fromEntries(
    OF_CLIENT.flatMap((name) => {
      const value = environment[variableOf(name)];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const variableOf = (name: string): string => `LWM2M_${name.toUpperCase().replace(/[.-]/g, '_')}`;

const OF_CLIENT = [
  ...['', '.2', '.bootstrap'].flatMap((server) => [`psk.identity${server}`, `psk.key${server}`]),
  ...['rpk.client', 'rpk.client-key', 'rpk.server'],
  ...['certificate.client', 'certificate.client-key', 'certificate.server', 'certificate.ca'],
];

/** The same with credentials hidden: for a log that may be shared. */
export const withoutSecrets = (values: Substitutes): Substitutes =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, IS_SECRET.test(name) ? '***' : value]));

const IS_SECRET = /^credential\.|^psk-key/;

function peerSubstitutes(peer: PeerAddress, prefix: string, suffix: string): Substitutes {
  const [, scheme = '', host = '', port = ''] = /^([a-z+]+):\/\/(\[[^\]]*\]|[^:/]*)(?::(\d+))?/i.exec(peer.uri) ?? [];
  const parts: Record<string, string> = { uri: peer.uri, scheme, host: host.replace(/^\[|\]$/g, '') };
  parts['port'] = port || (scheme.startsWith('coaps') ? '5684' : '5683');
  if (peer.shortServerId !== undefined) parts['ssid'] = String(peer.shortServerId);
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [`${prefix}${name}${suffix}`, value]));
}

/** What a line or command for a stimulus may name: its fields (`{path}`, `{value}` …), and `{object} {instance} {resource}` of its path. */
export function stimulusSubstitutes(stimulus: Stimulus): Substitutes {
  const values: Record<string, string> = { do: stimulus.do };
  for (const [name, value] of Object.entries(stimulus)) if (value !== undefined) values[name] = plainText(value);
  if ('path' in stimulus) {
    const [, object, instance, resource] = stimulus.path.split('/');
    Object.assign(values, Object.fromEntries(Object.entries({ object, instance, resource }).filter(([, id]) => id)));
  }
  return values;
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(' ');
  return JSON.stringify(value);
}
