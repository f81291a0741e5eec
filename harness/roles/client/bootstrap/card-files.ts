import { concatBytes, fromHex, utf8 } from '../../../base/bytes.js';
import { ok, type Result } from '../../../base/error.js';
import { der, oid, TAG } from '../../../link/dtls/credentials/der.js';
import type { Model } from '../../../model/definition.js';
import type { PlainContent } from '../../../model/plain.js';
import { ContentFormat } from '../../../wire/codec.js';
import { entriesOf } from '../../../wire/coerce.js';
import { encode } from '../../../wire/formats.js';

/** The files of a smart card by identifier: four hexadecimal digits. */
export type CardFiles = Readonly<Record<'5031' | '6430' | '6432', Uint8Array>>;

/**
 * The elementary files of a card with this bootstrap information: EF(ODF) 5031, EF(DODF-bootstrap) 6430, EF(LwM2M_Bootstrap) 6432
 * (Core 1.1 App. G.3).
 *
 * @param values by absolute path
 * @returns the problem of the first value that does not fit its definition
 */
export function encodeSmartCard(values: PlainContent, model: Model): Result<CardFiles> {
  const content = encodeBootstrapFile(values, model);
  if (!content.ok) return content;
  const object = der(
    CONTEXT_1,
    der(TAG.sequence),
    der(TAG.sequence, der(TAG.utf8_string, utf8('LwM2M Bootstrap'))),
    der(CONTEXT_1, der(TAG.sequence, oid('2.23.43.9.1'), pathTo('6432'))),
  );
  return ok({ '5031': der(CONTEXT_7, pathTo('6430')), '6430': object, '6432': content.value });
}

/** `oidDO`, and the attributes of its type (PKCS#15 §6.7). */
const CONTEXT_1 = 0xa1;

/** `dataObjects` of EF(ODF) (PKCS#15 §6.2). */
const CONTEXT_7 = 0xa7;

/** Below the application of the card, 7F50 (Core 1.1 App. G.3). */
const pathTo = (id: string): Uint8Array =>
  der(TAG.sequence, der(TAG.octet_string, fromHex(`3f007f50${id}`) ?? new Uint8Array(0)));

function encodeBootstrapFile(values: PlainContent, model: Model): Result<Uint8Array> {
  const objects: Uint8Array[] = [];
  for (const [object, content] of byObject(values)) {
    const entries = entriesOf([object], content, model);
    if (!entries.ok) return entries;
    const instances = encode(ContentFormat.tlv, entries.value, { path: [object], model, pack: 'values' });
    if (!instances.ok) return instances;
    objects.push(concatBytes(uint(object, 2), uint(instances.value.length, 3), instances.value));
  }
  const body = concatBytes(...objects);
  return ok(concatBytes(uint(objects.length, 2), uint(body.length, 2), body));
}

/** Content of each Object, by path below it. */
function byObject(values: PlainContent): ReadonlyMap<number, PlainContent> {
  const objects = new Map<number, PlainContent>();
  for (const [path, value] of Object.entries(values)) {
    const [, object = '', ...below] = path.split('/');
    objects.set(Number(object), { ...objects.get(Number(object)), [below.join('/')]: value });
  }
  return objects;
}

/** Unsigned, most significant byte first. */
const uint = (value: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) & 0xff);
