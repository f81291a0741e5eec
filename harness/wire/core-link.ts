/** CoRE Link Format, Content-Format 40: the grammar of RFC 6690 and what LwM2M says with it. */
export * from './core-link-grammar.js';
export * from './core-link-registration.js';
export * from './core-link-discover.js';
