import type { Enabler } from '../../model/party.js';
import type { UpdateParameters } from '../../wire/queries-registration.js';

/** What a server is told about the client in Register and Update (Core 1.1 §6.2.1, §6.2.2). */
export interface Announcement {
  /** Seconds. */
  readonly lifetime: number;
  /** Letters of the transports, without the Q of 1.0. */
  readonly binding: string;
  readonly queueMode: boolean;
  /** MSISDN. */
  readonly sms?: string;
  /** The object list in link format. */
  readonly links: string;
}

/** The parts of an announcement that differ from what the server was told last. */
export type Changes = Partial<Announcement>;

/** What is no longer as told. A removed SMS number is no change: Update has no way to say it. */
export function changesSince(told: Announcement, now: Announcement): Changes {
  return {
    ...(now.lifetime === told.lifetime ? {} : { lifetime: now.lifetime }),
    ...(now.binding === told.binding && now.queueMode === told.queueMode
      ? {}
      : { binding: now.binding, queueMode: now.queueMode }),
    ...(now.sms === told.sms || now.sms === undefined ? {} : { sms: now.sms }),
    ...(now.links === told.links ? {} : { links: now.links }),
  };
}

/** As parameters of a query: `b=UQ` in 1.0, `b=U` and a bare `Q` from 1.1 (Transport 1.1 §6.4.3). In `UQS` the queue applies to UDP. */
export function parametersOf(enabler: Enabler, { lifetime, binding, queueMode, sms }: Changes): UpdateParameters {
  const inBinding = enabler === '1.0' && queueMode === true;
  return {
    ...(lifetime === undefined ? {} : { lifetime }),
    ...(binding === undefined ? {} : { binding: inBinding ? binding.replace(/^[US]/, '$&Q') : binding }),
    ...(enabler === '1.0' || queueMode !== true ? {} : { queueMode }),
    ...(sms === undefined ? {} : { sms }),
  };
}
