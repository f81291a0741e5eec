import type { Enabler } from '../../model/party.js';
import type { PlainContent } from '../../model/plain.js';

/** What a client is made of, beside its values. */
export interface ClientOptions {
  /** Endpoint client name. */
  readonly endpoint: string;
  /** The newest version that it speaks. */
  readonly enabler: Enabler;
  /** Initial values by absolute path, over those of a plausible device. Accounts of servers are in `/0` and `/1`. */
  readonly values?: PlainContent;
  /** `false`: no Update before the lifetime ends. */
  readonly keepAlive?: boolean;
  readonly queueMode?: boolean;
  /** MSISDN told to servers. */
  readonly sms?: string;
  /** Prefix of all paths, `/lwm2m`. */
  readonly alternatePath?: string;
  /** Content-Format asked for in Bootstrap-Requests from 1.1; `none`: not a word of it. The one it likes best when left out. */
  readonly bootstrapFormat?: number | 'none';
  /** Asks for a Bootstrap-Pack first, in 1.2. */
  readonly bootstrapPack?: boolean;
}

/** What the client says of itself, for the control contract. */
export interface ClientEvent {
  readonly event: 'registered' | 'updated' | 'deregistered' | 'notified' | 'bootstrapped' | 'log';
  readonly path?: string;
  readonly text?: string;
}
