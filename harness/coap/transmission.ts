/** Parameters of the message layer; times in seconds (RFC 7252 §4.8). */
export interface Transmission {
  readonly ackTimeout: number;
  readonly ackRandomFactor: number;
  readonly maxRetransmit: number;
  /** Interactions outstanding at one peer at a time. */
  readonly nstart: number;
  readonly maxLatency: number;
  /** The longest a peer is assumed to take before it acknowledges. */
  readonly processingDelay: number;
  /** How long an answer may take and still ride on the acknowledgement (RFC 7252 §5.2.2 leaves it open). */
  readonly piggybackWait: number;
}

export const DEFAULT_TRANSMISSION: Transmission = {
  ackTimeout: 2,
  ackRandomFactor: 1.5,
  maxRetransmit: 4,
  nstart: 1,
  maxLatency: 100,
  processingDelay: 2,
  piggybackWait: 0.5,
};

/** Times that follow from the parameters, in seconds (RFC 7252 §4.8.2). */
export interface TransmissionTimes {
  /** First transmission to the last retransmission. */
  readonly maxTransmitSpan: number;
  /** First transmission to the end of waiting for an acknowledgement. */
  readonly maxTransmitWait: number;
  readonly maxRtt: number;
  /** How long the Message ID of a confirmable message stays taken. */
  readonly exchangeLifetime: number;
  /** How long the Message ID of a non-confirmable message stays taken. */
  readonly nonLifetime: number;
}

export function transmissionTimes(parameters: Transmission): TransmissionTimes {
  const { ackTimeout, ackRandomFactor, maxRetransmit, maxLatency, processingDelay } = parameters;
  const longest = ackTimeout * ackRandomFactor;
  const maxTransmitSpan = longest * (2 ** maxRetransmit - 1);
  const maxRtt = 2 * maxLatency + processingDelay;
  return {
    maxTransmitSpan,
    maxTransmitWait: longest * (2 ** (maxRetransmit + 1) - 1),
    maxRtt,
    exchangeLifetime: maxTransmitSpan + maxRtt,
    nonLifetime: maxTransmitSpan + maxLatency,
  };
}
