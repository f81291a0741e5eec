/** What LwM2M says in Uri-Query options: registration, bootstrap, notification attributes. */
export * from './queries-attributes.js';
export * from './queries-bootstrap.js';
export * from './queries-registration.js';
