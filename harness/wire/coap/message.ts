/** Message types (RFC 7252 §4.2, §4.3). */
export type MessageType = 'CON' | 'NON' | 'ACK' | 'RST';

/** `c.dd`: `0.00` empty, `0.01` GET … `2.05` Content (RFC 7252 §3, §12.1). */
export type Code = string;

export interface CoapOption {
  readonly number: number;
  readonly value: Uint8Array;
}

/** What a datagram says, bit for bit; what it means is the reader's matter. Options are in the order of the wire. */
export interface CoapMessage {
  readonly type: MessageType;
  readonly code: Code;
  /** Message ID, 0 to 65535. */
  readonly id: number;
  readonly token: Uint8Array;
  readonly options: readonly CoapOption[];
  /** Empty when there is no payload marker. */
  readonly payload: Uint8Array;
}
