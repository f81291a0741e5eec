/** `127.0.0.1:5683`, `[::1]:5683`, or a name on a memory network. */
export type Address = string;

export type Receive = (from: Address, datagram: Uint8Array) => void;

/** Carries datagrams between two addresses. Delivery is not promised; order is not promised. */
export interface Link {
  readonly local: Address;
  send(to: Address, datagram: Uint8Array): void;
  /** Sets who is told of each datagram that arrives. One receiver; a later call replaces it. */
  onReceive(receive: Receive): void;
  close(): Promise<void>;
}
