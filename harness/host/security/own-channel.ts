import { fromHex, toHex } from '../../base/bytes.js';
import type { Random } from '../../base/random.js';
import type { CredentialFault, DeviantChannel } from '../../sut/own-channel.js';
import type { Hooks } from '../../link/dtls/index.js';
import type { Setup, Sut } from '../../sut/contract.js';
import type { Credentials } from './credentials.js';
import type { ChannelSettings } from './links.js';

/** The settings of a channel that are not those of every channel of ours. */
export function settingsOf(own: DeviantChannel | undefined, random: Random): ChannelSettings {
  const { suites, connectionId, extendedMasterSecret, resume, fragment, loses, cookies, believes, hooks } = own ?? {};
  return {
    ...(suites && { suites }),
    ...(connectionId !== undefined && { connectionId: random.bytes(connectionId) }),
    ...(extendedMasterSecret !== undefined && { extendedMasterSecret }),
    ...(resume !== undefined && { resume }),
    ...(fragment !== undefined && { fragment }),
    ...(loses && { hooks: losing(loses) }),
    ...(hooks && { hooks: hooks() }),
    ...(believes && { believes }),
    ...(cookies !== undefined && { cookies }),
  };
}

function losing(numbers: readonly number[]): Hooks {
  let sent = 0;
  return { datagram: (datagram) => (numbers.includes(sent++) ? [] : [datagram]) };
}

/** A client whose pre-shared key is not that of the run, or that shows no certificate. */
export function withFault(sut: Sut, fault: CredentialFault | undefined): Sut {
  if (fault === undefined) return sut;
  return {
    describe: () => sut.describe(),
    start: (setup) => sut.start({ ...setup, credentials: altered(setup.credentials, fault) }),
    stimulate: (stimulus) => sut.stimulate(stimulus),
    ...(sut.events && { events: sut.events.bind(sut) }),
    stop: () => sut.stop(),
  };
}

function altered(credentials: Setup['credentials'], fault: CredentialFault): Setup['credentials'] {
  const { 'psk.identity': identity, 'psk.key': key } = credentials;
  if (identity !== undefined && key !== undefined) {
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
