export * from './address.js';
export * from './fault.js';
export type * from './link.js';
export * from './memory.js';
export * from './named.js';
export * from './relay.js';
export * from './tap.js';
export * from './udp.js';
