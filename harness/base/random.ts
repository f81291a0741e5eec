import { randomBytes, randomInt } from 'node:crypto';

/** A source of random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  bytes(length: number): Uint8Array;
  /** An independent stream named `label`: drawing from one does not move the other. */
  fork(label: string): Random;
}

/** Random numbers of the system, which nobody can foretell: for keys that protect something. No run is repeated with them. */
export const unpredictable: Random = {
  next: () => randomInt(2 ** 48 - 1) / (2 ** 48 - 1),
  integer: (below) => (below < 2 ** 48 ? randomInt(Math.max(1, below)) : Math.floor(unpredictable.next() * below)),
  bytes: (length) => Uint8Array.from(randomBytes(length)),
  fork: () => unpredictable,
};

/** Makes a stream from a 32-bit seed (mulberry32): one seed gives one run. Not for keys that protect anything. */
export function seeded(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    next,
    integer,
    bytes: (length) => Uint8Array.from({ length }, () => integer(256)),
    fork: (label) => seeded(hash(label, seed)),
  };
}

/** FNV-1a over the label, mixed with the seed. */
function hash(label: string, seed: number): number {
  let value = 0x811c9dc5 ^ seed;
  for (let i = 0; i < label.length; i++) value = Math.imul(value ^ label.charCodeAt(i), 0x01000193);
  return value;
}
