import { ENABLERS, type Enabler, type Party } from '../../harness/model/party.js';

/** Shapes of the data files of this folder. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const isEnabler = (value: unknown): value is Enabler => ENABLERS.some((enabler) => enabler === value);

export const isParty = (value: unknown): value is Party =>
  value === 'client' || value === 'server' || value === 'bootstrap-server';
