/**
 * Who is right where an oracle disagrees with a vector. Every disagreement needs a ruling: `generate.mjs` stops without one.
 * The first that fits counts. `open: true`: the text does not settle it, the vector is marked `contested`.
 * @type {import('./lib/evidence.mjs').Ruling[]}
 */
export const RULINGS = [];
