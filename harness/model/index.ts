/** Paths, values, object definitions and notification evaluation: `import … from 'lwm2m-conformance/model'`. */
export * from './attributes.js';
export * from './definition.js';
export * from './evaluate.js';
export * from './load.js';
export * from './party.js';
export * from './path.js';
export * from './plain.js';
export * from './registry.js';
export * from './value.js';
