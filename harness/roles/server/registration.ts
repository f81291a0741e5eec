import type { Address } from '../../link/link.js';
import type { Enabler } from '../../model/party.js';
import type { RegisteredObject, RegistrationPayload } from '../../wire/core-link.js';

/** What a client announced, and where it is reached (Core 1.1 §6.2). Times are those of the clock, in seconds. */
export interface Registration {
  readonly endpoint: string;
  /** `/rd/5a3f`, as `getPath` gives it for a request to it. */
  readonly location: string;
  /** Where requests go: whoever sent the Register, or the last Update. */
  address: Address;
  /** Seconds; 0 has no end. */
  lifetime: number;
  readonly enabler: Enabler;
  /** Letters as announced; `U` when there were none. */
  binding: string;
  queueMode: boolean;
  sms?: string;
  readonly profile?: string;
  /** The parameters of the Register as they stood. */
  readonly query: readonly string[];
  /** The list as announced last; empty when there was none. */
  payload: Uint8Array;
  /** What it says, merged with that of the profile. */
  objects: RegistrationPayload;
  readonly registeredAt: number;
  updatedAt: number;
  /** When anything came from the client last: a queue mode client stays awake for a while after it. */
  heardAt: number;
  /** Whether the answer to the Register is on its way: no request may leave before (Core 1.1 §6.3). */
  open: boolean;
}

/** Why a registration ended. */
export type Ending = 'deregistered' | 'expired' | 'replaced';

/** What happened at the server, for whoever listens. */
export interface ServerEvent {
  readonly event: 'registered' | 'updated' | 'deregistered' | 'notified' | 'sent' | 'log';
  readonly endpoint?: string;
  readonly path?: string;
  readonly text?: string;
}

/** A client that announces nothing. */
export const NO_OBJECTS: RegistrationPayload = { alternatePath: '', formats: [], objects: [], paths: [], remarks: [] };

/** Two lists as one: that of a profile, then that of the Register (Core 1.2 §6.2.1). */
export function mergeLists(first: RegistrationPayload, second: RegistrationPayload): RegistrationPayload {
  const objects = new Map<number, RegisteredObject>(first.objects.map((object) => [object.id, object]));
  for (const object of second.objects) {
    const known = objects.get(object.id);
    objects.set(object.id, {
      ...known,
      ...object,
      instances: [...new Set([...(known?.instances ?? []), ...object.instances])],
    });
  }
  return {
    alternatePath: second.alternatePath || first.alternatePath,
    formats: [...new Set([...first.formats, ...second.formats])],
    objects: [...objects.values()],
    paths: [...new Set([...first.paths, ...second.paths])],
    remarks: second.remarks,
  };
}
