export { Endpoint, type RequestOptions } from './endpoint.js';
export { isNewer, OBSERVE_MODULUS } from './observe.js';
export { EndpointRules, type EndpointOptions } from './rules.js';
export { DEFAULT_TRANSMISSION, transmissionTimes, type Transmission, type TransmissionTimes } from './transmission.js';
export type * from './types.js';
