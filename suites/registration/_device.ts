import { getQuery, type AnyRequest, type Exchange, type OwnMessages } from '../../harness/case/index.js';

type Query = (sent: readonly string[]) => readonly string[];

/** What differs in a Register from that of the client. */
export interface RegisterDifference {
  readonly query?: Query;
  /** Content-Format; null for none. */
  readonly contentFormat?: number | null;
  readonly payload?: Uint8Array;
}

/** The Register of an exchange as a new request, with differences. */
export function registerLike(
  { request }: Exchange,
  { query = (sent) => sent, contentFormat = 40, payload = request.payload }: RegisterDifference = {},
): AnyRequest {
  return {
    method: 'POST',
    path: '/rd',
    query: query(getQuery(request.message)),
    ...(contentFormat !== null && { contentFormat }),
    payload,
  };
}

export const withoutParameter =
  (name: string): Query =>
  (sent) =>
    sent.filter((one) => one !== name && !one.startsWith(`${name}=`));

/** Puts a parameter as it stands, `lt=5` or `Q`, in the place of one of its name. */
export const withParameter =
  (parameter: string): Query =>
  (sent) => [...withoutParameter(parameter.split('=', 1).join(''))(sent), parameter];

/** For another device than the client, which leaves of its own accord after some minutes. */
export const ofDevice =
  (name: string): Query =>
  (sent) =>
    withParameter('lt=300')(withParameter(`ep=${name}`)(sent));

/** Several differences of parameters, the first one first. */
export const all =
  (...queries: readonly Query[]): Query =>
  (sent) =>
    queries.reduce((parameters, query) => query(parameters), sent);

/** Where a Register was put; a place that no server gives where it was not. */
export const placeIn = ({ response }: Exchange): string => response.location ?? '/rd/none-was-given';

/** An Update that changes nothing. */
export const bareUpdate = (location: string): AnyRequest => ({ method: 'POST', path: location });

/** How a server answers an Update that changes nothing: 2.04 where the registration is there. */
export const answerToUpdate = async (device: OwnMessages, location: string): Promise<string> =>
  (await device.request(bareUpdate(location))).response.code;
