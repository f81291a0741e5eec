import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { Seen } from '../tap.js';
import type { HandshakeMessage } from './handshake.js';
import type { PlainRecord } from './record.js';

/** How a tester departs from the protocol. Each hook sees what would go out and returns what goes out instead. */
export interface Hooks {
  /**
   * A handshake message before it enters the transcript. Several are sent one after another, none leaves it out;
   * `sequence` is counted anew for what is returned, unless it differs from the one that was given.
   */
  message?(message: HandshakeMessage): readonly HandshakeMessage[];
  /** A record before protection: the transcript does not see what is changed here. Each retransmission passes anew. */
  record?(record: PlainRecord): readonly PlainRecord[];
  /** A datagram as it goes to the link below. */
  datagram?(datagram: Uint8Array): readonly Uint8Array[];
}

/** The timer of RFC 6347 §4.2.4.1. */
export interface TimerSettings {
  /** Seconds until the first retransmission. */
  readonly initial: number;
  /** The delay doubles up to this. */
  readonly max: number;
  /** Retransmissions of one flight before the handshake fails. */
  readonly retransmissions: number;
}

/** What every association of a link shares. */
export interface Environment {
  readonly clock: Clock;
  readonly random: Random;
  readonly hooks: Hooks;
  readonly timer: TimerSettings;
  /** Bytes of a datagram of handshake records. */
  readonly mtu: number;
  /** Most bytes of a handshake message in one record; undefined: as many as fit. */
  readonly fragment: number | undefined;
  /** Whether a ClientHello is left in one piece all the same. */
  readonly wholeHello: boolean;
  /** Whether the records of a flight share datagrams. */
  readonly pack: boolean;
  /** Takes lines of the NSS key log format, `CLIENT_RANDOM …`; they hold master secrets. */
  readonly keyLog: ((line: string) => void) | undefined;
}

/** What both roles may be given beside their credentials. */
export interface CommonOptions {
  readonly clock: Clock;
  /** Source of every key, cookie and random field. A seeded one gives the same run again and protects nothing. */
  readonly random: Random;
  readonly hooks?: Hooks;
  readonly timer?: Partial<TimerSettings>;
  /** Default 1200 bytes. */
  readonly mtu?: number;
  readonly fragment?: number;
  /** Default false. */
  readonly wholeHello?: boolean;
  /** Default true. */
  readonly pack?: boolean;
  readonly keyLog?: (line: string) => void;
  /** Told of each datagram of plaintext in the moment in which it is protected and sent, or has been opened: one that is lost with its handshake is none. */
  readonly onPlaintext?: Seen;
}

/** RFC 6347 §4.2.4.1: one second, doubled to a minute. Six retransmissions take 123 s. */
const TIMER: TimerSettings = { initial: 1, max: 60, retransmissions: 6 };

export function environmentOf(options: CommonOptions): Environment {
  return {
    clock: options.clock,
    random: options.random,
    hooks: options.hooks ?? {},
    timer: { ...TIMER, ...options.timer },
    mtu: options.mtu ?? 1200,
    fragment: options.fragment,
    wholeHello: options.wholeHello ?? false,
    pack: options.pack ?? true,
    keyLog: options.keyLog,
  };
}
