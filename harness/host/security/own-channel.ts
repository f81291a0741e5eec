import { concatBytes, EMPTY, fromHex, toHex } from '../../base/bytes.js';
import type { Random } from '../../base/random.js';
import type { CredentialFault, DeviantChannel } from '../../sut/own-channel.js';
import type { ChannelControls } from '../../case/own-records.js';
import { CONTENT, HANDSHAKE, type Hooks } from '../../link/dtls/index.js';
import type { Link } from '../../link/link.js';
import type { Setup, Sut } from '../../sut/contract.js';
import type { Credentials } from './credentials.js';
import type { ChannelSettings } from './links.js';

/** The settings of a channel that are not those of every channel of ours. */
export function settingsOf(own: DeviantChannel | undefined, random: Random): ChannelSettings {
  const {
    suites,
    connectionId,
    extendedMasterSecret,
    resume,
    fragment,
    wholeHello,
    cookies,
    authorities,
    believes,
    maxFragmentLength,
    keyOf,
  } = own ?? {};
  const hooks = hooksOf(own);
  return {
    ...(suites && { suites }),
    ...(connectionId !== undefined && { connectionId: random.bytes(connectionId) }),
    ...(extendedMasterSecret !== undefined && { extendedMasterSecret }),
    ...(resume !== undefined && { resume }),
    ...(fragment !== undefined && { fragment }),
    ...(wholeHello !== undefined && { wholeHello }),
    ...(maxFragmentLength !== undefined && { maxFragmentLength }),
    ...(hooks && { hooks }),
    ...(believes && { believes }),
    ...(cookies !== undefined && { cookies }),
    ...(authorities !== undefined && { authorities }),
    ...(keyOf && { keyOf }),
  };
}

/** What a case asks for goes after what a deviation does. */
function hooksOf(own: DeviantChannel | undefined): Hooks | undefined {
  const { loses = [], losesFinish = 0, reorders = false, doubles = false, hooks, signatures } = own ?? {};
  const deviant = signatures ? { message: misSigned(signatures), ...hooks?.() } : hooks?.();
  if (loses.length + losesFinish === 0 && !reorders && !doubles) return deviant;
  let sent = 0;
  let finishes = 0;
  const known = new Set<string>();
  const altered = (datagram: Uint8Array): readonly Uint8Array[] => {
    if (loses.includes(sent++)) return [];
    const records = recordsIn(datagram);
    if (records.some(isChangeOfCipher) && finishes++ < losesFinish) return [];
    const shape = records.map((record) => `${record[0]}/${record[HEADER]}`).join();
    const isReversed = reorders && !known.has(shape);
    known.add(shape);
    const ordered = isReversed ? concatBytes(...records.reverse()) : datagram;
    return doubles ? [ordered, ordered] : [ordered];
  };
  return { ...deviant, datagram: (datagram) => (deviant?.datagram?.(datagram) ?? [datagram]).flatMap(altered) };
}

/**
 * Messages with their signature changed, before both sides take them into the transcript. A certificate_verify without its signature is
 * not sent at all: of a server_key_exchange the rest goes on (RFC 5246 §7.4.3, §7.4.8).
 */
const misSigned =
  (how: NonNullable<DeviantChannel['signatures']>): NonNullable<Hooks['message']> =>
  (message) => {
    const { type, body } = message;
    if (type !== HANDSHAKE.server_key_exchange && type !== HANDSHAKE.certificate_verify) return [message];
    if (how === 'wrong')
      return [{ ...message, body: body.map((byte, i) => (i === body.length - 1 ? byte ^ 1 : byte)) }];
    return type === HANDSHAKE.certificate_verify
      ? []
      : [{ ...message, body: body.slice(0, FIXED_PARAMETERS + (body[3] ?? 0)) }];
  };

/** Of ECDH parameters, up to the point: type, curve, length (RFC 8422 §5.4). */
const FIXED_PARAMETERS = 4;

/** Where the length of a record stands, and where its content begins (RFC 6347 §4.1). */
const LENGTH_AT = 11;
const HEADER = 13;

/** The records of a datagram; from one with a connection id on, all that is left. */
function recordsIn(datagram: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = 0; at < datagram.length;) {
    const length = ((datagram[at + LENGTH_AT] ?? 0) << 8) | (datagram[at + LENGTH_AT + 1] ?? 0);
    const end = datagram[at] === CONTENT.tls12_cid ? datagram.length : at + HEADER + length;
    records.push(datagram.slice(at, end));
    at = end;
  }
  return records;
}

const isChangeOfCipher = (record: Uint8Array): boolean => record[0] === CONTENT.change_cipher_spec;

/** The link below a channel, as its party hears it. @param controls of the channel, once it is there */
export function heard(own: DeviantChannel | undefined, bare: Link, controls: () => Partial<ChannelControls>): Link {
  const { missesFinish = 0, hears } = own ?? {};
  if (missesFinish === 0 && !hears) return bare;
  const hear = hears?.() ?? ((datagram: Uint8Array) => [datagram]);
  let finishes = 0;
  return {
    local: bare.local,
    send: (to, datagram) => bare.send(to, datagram),
    close: () => bare.close(),
    onReceive: (receive) =>
      bare.onReceive((from, datagram) => {
        if (finishes < missesFinish && recordsIn(datagram).some(isChangeOfCipher)) {
          finishes++;
          return;
        }
        const hands = {
          from,
          end: () => controls().disconnect?.(from),
          datagram: (bytes: Uint8Array) => bare.send(from, bytes),
          record: (type: number, fragment: Uint8Array) => controls().sendRecord?.(from, type, fragment),
        };
        for (const one of hear(datagram, hands)) receive(from, one);
      }),
  };
}

/** A client whose pre-shared key is not that of the run, or that shows no certificate. */
export function withFault(sut: Sut, { credentials: fault, keyOf }: DeviantChannel = {}): Sut {
  if (fault === undefined && !keyOf) return sut;
  return {
    describe: () => sut.describe(),
    start: (setup) => sut.start({ ...setup, credentials: altered(setup.credentials, fault, keyOf) }),
    stimulate: (stimulus) => sut.stimulate(stimulus),
    ...(sut.events && { events: sut.events.bind(sut) }),
    stop: () => sut.stop(),
  };
}

/** The credentials of a client with a fault. @param keyOf what it makes of the key that it was given */
export function altered(
  credentials: Setup['credentials'],
  fault: CredentialFault | undefined,
  keyOf?: DeviantChannel['keyOf'],
): Setup['credentials'] {
  const { 'psk.identity': identity, 'psk.key': key } = credentials;
  if (identity !== undefined && key !== undefined) {
    const taken = keyOf?.(fromHex(key), fromHex(identity) ?? EMPTY);
    if (taken) return altered({ ...credentials, 'psk.key': toHex(taken) }, fault);
    if (fault === 'no-identity') return { ...credentials, 'psk.identity': '' };
    if (fault === 'unknown') return { ...credentials, 'psk.identity': `${identity}${toHex(Uint8Array.of(0x3f))}` };
    if (fault === 'wrong-key') return { ...credentials, 'psk.key': otherKey(key) };
  }
  if (fault === 'none') return { ...credentials, 'certificate.client': '', 'certificate.client-key': '' };
  return credentials;
}

const otherKey = (key: string): string => toHex((fromHex(key) ?? new Uint8Array()).map((byte) => byte ^ 0xff));

/** The same identities, each with another key. */
export const withOtherKeys = (own: Extract<Credentials, { readonly kind: 'psk' }>): Credentials => ({
  ...own,
  pairs: own.pairs.map(({ identity, key }) => ({ identity, key: key.map((byte) => byte ^ 0xff) })),
});
