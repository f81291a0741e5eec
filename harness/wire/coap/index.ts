export * from './code.js';
export * from './codec.js';
export * from './message.js';
export * from './options.js';
export * from './raw.js';
