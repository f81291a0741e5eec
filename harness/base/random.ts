/** Seeded pseudo-random numbers: one seed gives one run. Not for keys that protect anything. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  bytes(length: number): Uint8Array;
  /** An independent stream named `label`: drawing from one does not move the other. */
  fork(label: string): Random;
}

/** Makes a stream from a 32-bit seed (mulberry32). */
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
