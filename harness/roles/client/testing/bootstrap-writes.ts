import { unwrap } from '../../../base/error.js';
import type { Enabler } from '../../../model/party.js';
import { parsePath } from '../../../model/path.js';
import type { PlainContent } from '../../../model/plain.js';
import { modelFor } from '../../../model/registry.js';
import type { Code } from '../../../wire/coap/message.js';
import { ContentFormat } from '../../../wire/codec.js';
import { entriesOf } from '../../../wire/coerce.js';
import { encode } from '../../../wire/formats.js';
import type { ScriptedServer } from './test-bench.js';

/** Content of a Security instance for a server without security, relative to the instance. */
export const securityOf = (shortServerId: number, uri = 'coap://server'): PlainContent => ({
  '0': uri,
  '1': false,
  '2': 3,
  '10': shortServerId,
});

/** Content of a Server instance, relative to the instance. */
export const serverOf = (shortServerId: number, lifetime = 300): PlainContent => ({
  '0': shortServerId,
  '1': lifetime,
  '6': true,
  '7': 'U',
});

/** A payload about a path, from values relative to it. */
export function payloadOf(
  path: string,
  content: PlainContent | string | number | boolean,
  format: number,
  enabler: Enabler = '1.2',
): Uint8Array {
  const at = unwrap(parsePath(path));
  const model = modelFor(enabler);
  return unwrap(encode(format, unwrap(entriesOf(at, content, model)), { path: at, model, enabler }));
}

/** A Bootstrap-Write, and the code of its answer. */
export const write = (
  from: ScriptedServer,
  path: string,
  content: PlainContent | string | number | boolean,
  contentFormat: number = ContentFormat.tlv,
): Promise<Code> => from.codeOf('0.03', path, { contentFormat, payload: payloadOf(path, content, contentFormat) });

/** An account for a server: Security and Server instance. */
export async function writeAccount(
  from: ScriptedServer,
  { security = 1, server = 0, shortServerId = 101, uri = 'coap://server', lifetime = 300 } = {},
): Promise<Code[]> {
  return [
    await write(from, `/0/${security}`, securityOf(shortServerId, uri)),
    await write(from, `/1/${server}`, serverOf(shortServerId, lifetime)),
  ];
}

export const finish = (from: ScriptedServer): Promise<Code> => from.codeOf('0.02', '/bs');
