/** Everything about options: numbers, values, Block values, and what is read from a message. */
export * from './block.js';
export * from './option.js';
export * from './read.js';
