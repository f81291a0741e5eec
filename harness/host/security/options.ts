import { failed, ok, type Result } from '../../base/error.js';
import type { Credentials, CredentialsKind } from './credentials.js';
import { CommandError } from '../io.js';
import { TRANSPORTS, type SecurityOptions, type Transport } from './flags.js';
import { parsePsk, readCertificateFiles, readRawKeys, type Place } from './read.js';

/** What was asked for. Without credentials a run makes them. */
export interface SecurityChoice {
  readonly transport: Transport;
  /** Of our party. */
  readonly own?: Credentials;
}

const KINDS: Readonly<Record<Exclude<Transport, 'udp'>, CredentialsKind>> = {
  'dtls-psk': 'psk',
  'dtls-rpk': 'rpk',
  'dtls-x509': 'x509',
};

/** The kind of credentials of a transport; undefined without security. */
export const kindOf = (transport: Transport): CredentialsKind | undefined =>
  transport === 'udp' ? undefined : KINDS[transport];

const CREDENTIALS_KINDS: readonly CredentialsKind[] = ['psk', 'rpk', 'x509'];

/** Options of each kind, all of which are needed. */
const NEEDED: Readonly<Record<CredentialsKind, readonly (keyof SecurityOptions)[]>> = {
  psk: ['psk'],
  rpk: ['rpk', 'peerRpk'],
  x509: ['cert', 'key', 'trust'],
};

/**
 * Reads the security options of any command. The transport follows from the credentials where it is not named.
 *
 * Problems: `security-mixed`, `security-incomplete`, those of the files and keys (`file-unreadable`, `psk-key`,
 * `private-key-encrypted`, `not-a-private-key`, `certificate-mismatch`, `key-wrong-curve` …), each with its option.
 */
export function readSecurity(options: SecurityOptions, place: Place): Result<SecurityChoice> {
  const given = CREDENTIALS_KINDS.filter((kind) =>
    NEEDED[kind].some((option) => options[option] !== undefined && options[option].length > 0),
  );
  const transport = options.transport ?? transportOf(given[0]);
  const kind = kindOf(transport);
  const stray = given.find((one) => one !== kind);
  if (stray !== undefined) return mixed(stray, transport, options, place);
  if (kind === undefined || given.length === 0) return ok({ transport });
  const missing = NEEDED[kind].find((option) => options[option] === undefined);
  if (missing !== undefined)
    return failed({
      code: 'security-incomplete',
      message: 'it is missing',
      place: nameOf(missing, place),
      hint: `${transport} needs ${NEEDED[kind].map((option) => nameOf(option, place)).join(', ')}`,
    });
  const own = readOwn(kind, options, place);
  return own.ok ? ok({ transport, own: own.value }) : own;
}

const transportOf = (kind: CredentialsKind | undefined): Transport =>
  TRANSPORTS.find((transport) => kind !== undefined && kindOf(transport) === kind) ?? 'udp';

function mixed(stray: CredentialsKind, transport: Transport, options: SecurityOptions, place: Place): Result<never> {
  const option = NEEDED[stray].find((one) => options[one] !== undefined) ?? 'psk';
  const hint = `it goes with ${transportOf(stray)}; with ${transport} ${
    transport === 'udp'
      ? 'there are no credentials'
      : `there are ${NEEDED[KINDS[transport]].map((one) => nameOf(one, place)).join(', ')}`
  }`;
  return failed({
    code: 'security-mixed',
    message: `this does not go with ${transport}`,
    place: nameOf(option, place),
    hint,
  });
}

/** `peerRpk` as it is written: `peer-rpk`. */
const nameOf = (option: keyof SecurityOptions, place: Place): string =>
  place.name(option === 'peerRpk' ? 'peer-rpk' : option);

function readOwn(kind: CredentialsKind, options: SecurityOptions, place: Place): Result<Credentials> {
  const { psk = [], rpk = '', peerRpk = '', cert = '', key = '', trust = '' } = options;
  if (kind === 'rpk') return readRawKeys(rpk, peerRpk, place);
  if (kind === 'x509') return readCertificateFiles({ cert, key, trust }, place);
  const pairs = [];
  for (const text of typeof psk === 'string' ? [psk] : psk) {
    const pair = parsePsk(text, place.name('psk'));
    if (!pair.ok) return pair;
    pairs.push(pair.value);
  }
  return ok({ kind, pairs });
}

/** Places of the command line. */
export const COMMAND_LINE: Place = { folder: '.', name: (option) => `--${option}` };

/** What the options of a command line mean. @throws CommandError */
export function securityOf(flags: SecurityOptions): SecurityChoice {
  const choice = readSecurity(flags, COMMAND_LINE);
  if (choice.ok) return choice.value;
  throw new CommandError(choice.problem);
}
