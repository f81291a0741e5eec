/**
 * Wall time that processes, adapters and people may take, in seconds. boot: from the start of a party until its first
 * datagram; registration: from then until it is registered; reaction: from an outcome until its effect on the wire, and
 * the reverse; stimulus: from a stimulus until its outcome or effect; settle: what a system is left alone after it was
 * told that it is registered.
 */
export type Allowances = Readonly<Record<'boot' | 'registration' | 'reaction' | 'stimulus' | 'settle', number>>;

export const DEFAULT_ALLOWANCES: Allowances = { boot: 15, registration: 30, reaction: 5, stimulus: 10, settle: 0 };

/** For a foreign system: some take a moment from the 2.01 until they know that they are registered. */
export const FOREIGN_ALLOWANCES: Allowances = { ...DEFAULT_ALLOWANCES, settle: 0.5 };
