import type { Result } from '../base/error.js';
import { CONTENT, type DtlsLink } from '../link/dtls/index.js';
import type { Address, Link, Receive } from '../link/link.js';

/** What a procedure can do below CoAP with the channel of a party that is certain to be ours. */
export interface OwnRecords {
  /** Sends a datagram as it is to the opposite party, past the channel. */
  datagram(bytes: Uint8Array): void;
  /** Sends once more the datagram that the channel sent last, as it is or changed. */
  again(change?: (datagram: Uint8Array) => Uint8Array): void;
  /** Sends a record under the keys of the session. */
  record(type: keyof typeof CONTENT, fragment: Uint8Array): void;
}

/** What channels of ours have for testers. */
export interface ChannelControls extends Pick<DtlsLink, 'sendRecord' | 'disconnect'> {
  /** The session of a client with a peer, after a handshake where there is none. */
  connect(peer: Address): Promise<Result<unknown> | undefined>;
}

/** Between a channel of ours and the tap: remembers what went through, and says what a procedure says past the channel. */
export class BelowChannel implements Link, OwnRecords {
  /** The channel above. */
  controls: Partial<ChannelControls> = {};
  #opposite: Address | undefined;
  #last: Uint8Array | undefined;

  constructor(private readonly inner: Link) {}

  get local(): Address {
    return this.inner.local;
  }

  send(to: Address, datagram: Uint8Array): void {
    this.#opposite = to;
    this.#last = Uint8Array.from(datagram);
    this.inner.send(to, datagram);
  }

  onReceive(receive: Receive): void {
    this.inner.onReceive((from, datagram) => {
      this.#opposite = from;
      receive(from, datagram);
    });
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  datagram(bytes: Uint8Array): void {
    this.inner.send(this.#peer(), bytes);
  }

  again(change: (datagram: Uint8Array) => Uint8Array = (datagram) => datagram): void {
    if (!this.#last) throw new Error('the channel has sent nothing yet');
    this.datagram(change(this.#last));
  }

  record(type: keyof typeof CONTENT, fragment: Uint8Array): void {
    this.controls.sendRecord?.(this.#peer(), CONTENT[type], fragment);
  }

  #peer(): Address {
    if (this.#opposite === undefined) throw new Error('the opposite party has no address yet');
    return this.#opposite;
  }
}
