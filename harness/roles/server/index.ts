export type { Answer } from '../shared/answer.js';
export type { AttributeValues } from './device-management.js';
export type { Interest, Observation } from './information-reporting.js';
export type { Operation, OperationName } from './operation.js';
export type { Refusal } from '../shared/refusal.js';
export type { RegisterRequest, ServerOptions, UpdateRequest } from './registration-table.js';
export type { Ending, Registration, ServerEvent } from './registration.js';
export { ServerRole } from './server-role.js';
