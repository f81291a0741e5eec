import { ContentFormat, type AnyRequest } from '../../harness/case/index.js';
import { postTlv, putText } from './_requests.js';

/** What no server may do with an object that belongs to the bootstrap. */
const REQUESTS: Readonly<Record<string, (object: string) => AnyRequest>> = {
  'read-resource': (object) => ({ method: 'GET', path: `${object}/0/0` }),
  'read-instance': (object) => ({ method: 'GET', path: `${object}/0` }),
  discover: (object) => ({ method: 'GET', path: object, accept: ContentFormat.link }),
  observe: (object) => ({ method: 'GET', path: `${object}/0`, observe: 0 }),
  replace: (object) => putText(`${object}/0/0`, 'coap://192.0.2.1'),
  update: (object) => postTlv(`${object}/0`, 'C1 01 00'),
  'write-attributes': (object) => ({ method: 'PUT', path: `${object}/0`, query: ['pmin=10'] }),
  execute: (object) => ({ method: 'POST', path: `${object}/0/0` }),
  create: (object) => postTlv(object, 'C1 01 00'),
  delete: (object) => ({ method: 'DELETE', path: `${object}/0` }),
};

/** Their names, as variants of a case. */
export const OF_NO_SERVER = Object.keys(REQUESTS);

/** One of them, by its name. */
export function requestOfNoServer(name: string, object: string): AnyRequest {
  const request = REQUESTS[name];
  if (!request) throw new Error(`there is no request '${name}'`);
  return request(object);
}
