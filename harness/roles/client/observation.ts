import type { Timer } from '../../base/clock.js';
import type { Outgoing } from '../../coap/types.js';
import type { Address } from '../../link/link.js';
import type { ObservationState } from '../../model/evaluate.js';
import type { DeviceRequest } from './request.js';

/** A notification as it goes out, with its Observe value. */
export interface Notification {
  readonly sequence: number;
  readonly out: Outgoing;
}

/** One entry in the list of observers: a target, who is told, and what it was told last (RFC 7641 §4.1). */
export interface Observation {
  /** The request that registered it: path, server, token, enabler. */
  readonly request: DeviceRequest;
  readonly to: Address;
  /** Content-Format of the first answer, kept by every notification. */
  readonly format: number;
  /** The last Observe value that was used. */
  sequence: number;
  /** What was told when, and what is owed. */
  state: ObservationState;
  /** A confirmable notification is on its way. */
  inFlight: boolean;
  /** When the last confirmable notification was sent, in seconds. */
  confirmedAt: number;
  timer: Timer | undefined;
  /** What could not be sent while the network was away, oldest first. */
  stored: Notification[];
}
