/** The three parties of LwM2M. */
export type Party = 'client' | 'server' | 'bootstrap-server';

/** An end of a link on a bench: a party, the second of two servers, or the client at any address but its first. */
export type Peer = Party | 'server2' | 'client2';

export const partyOf = (peer: Peer): Party => (peer === 'server2' ? 'server' : peer === 'client2' ? 'client' : peer);

/** Enabler versions as they stand on the wire (`lwm2m=1.1`). */
export type Enabler = '1.0' | '1.1' | '1.2';

export const ENABLERS: readonly Enabler[] = ['1.0', '1.1', '1.2'];
