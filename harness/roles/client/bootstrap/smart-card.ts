import { equalBytes, toHex } from '../../../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../../../base/error.js';
import { decodeElements, TAG, type Element } from '../../../link/dtls/credentials/der.js';
import type { Model } from '../../../model/definition.js';
import type { PlainContent } from '../../../model/plain.js';
import { decodeBootstrapFile } from './bootstrap-file.js';

/** A file of the PKCS#15 application by its identifier, four hexadecimal digits in lower case; undefined where there is none. */
export type ReadCardFile = (id: string) => Uint8Array | undefined;

/** What a smart card brings along. */
export interface SmartCard {
  /** By absolute path. */
  readonly values: PlainContent;
  /** What deviates, though it can be understood. */
  readonly remarks: readonly Problem[];
}

/** EF(ODF), the directory of object directories (PKCS#15 §5.5). */
const ODF = '5031';

/** `dataObjects` in EF(ODF): where a directory of data objects is (PKCS#15 §6.2). */
const DATA_OBJECTS = 0xa7;

/** 2.23.43.9.1, the data object with the bootstrap information (Core 1.1 App. G.3.3). */
const OID = Uint8Array.of(0x67, 0x2b, 0x09, 0x01);

/** The same with tag and length once more before it, as an example of the specification had it (OMA#532). */
const DOUBLED_OID = Uint8Array.of(0x06, 0x04, ...OID);

const CONSTRUCTED = 0x20;

/**
 * Reads the bootstrap information of a smart card: from EF(ODF) to EF(DODF-bootstrap) to EF(LwM2M_Bootstrap) (Core 1.1 App. G.3).
 *
 * Problem codes, with the file as `place`: `card-file-missing`, `card-directory` (no DER, or no path in it),
 * `card-no-bootstrap` (no data object for LwM2M), and those of `decodeBootstrapFile`. Remark codes: `card-doubled-oid`, and
 * those of `decodeBootstrapFile`.
 */
export function readSmartCard(read: ReadCardFile, model: Model): Result<SmartCard> {
  const directories = readElements(read, ODF);
  if (!directories.ok) return directories;
  for (const { content } of directories.value.filter(({ tag }) => tag === DATA_OBJECTS)) {
    const directory = fileIn(decodeElements(content) ?? []);
    if (directory === undefined) return damaged(ODF, 'there is no path to the data objects');
    const found = findBootstrap(read, directory);
    if (!found.ok) return found;
    if (found.value) return readBootstrap(read, found.value, model);
  }
  return failed({ code: 'card-no-bootstrap', message: 'the card has no bootstrap information', place: ODF });
}

/** Where the bootstrap information is, and how that is told. */
interface Found {
  readonly file: string;
  readonly remarks: readonly Problem[];
}

function findBootstrap(read: ReadCardFile, directory: string): Result<Found | undefined> {
  const objects = readElements(read, directory);
  if (!objects.ok) return objects;
  const object = objects.value.map(findIdentified).find((found) => found !== undefined);
  if (!object) return ok(undefined);
  const file = fileIn(object.elements);
  if (file === undefined) return damaged(directory, 'there is no path to the bootstrap information');
  const remark: Problem = {
    code: 'card-doubled-oid',
    message: `the object identifier stands as ${toHex(DOUBLED_OID)}`,
    place: directory,
    hint: toHex(OID),
  };
  return ok({ file, remarks: object.isDoubled ? [remark] : [] });
}

function readBootstrap(read: ReadCardFile, { file, remarks }: Found, model: Model): Result<SmartCard> {
  const bytes = readFile(read, file);
  if (!bytes.ok) return bytes;
  const content = decodeBootstrapFile(bytes.value, model);
  if (!content.ok) return failed({ ...content.problem, place: file });
  const { values, remarks: own } = content.value;
  return ok({ values, remarks: [...remarks, ...own.map((remark) => ({ ...remark, place: file }))] });
}

/** The elements beside the object identifier of LwM2M, wherever in an element they are. */
function findIdentified(element: Element): { elements: readonly Element[]; isDoubled: boolean } | undefined {
  if ((element.tag & CONSTRUCTED) === 0) return undefined;
  const elements = decodeElements(element.content) ?? [];
  const own = elements.filter(({ tag }) => tag === TAG.oid);
  if (own.some(({ content }) => equalBytes(content, OID))) return { elements, isDoubled: false };
  if (own.some(({ content }) => equalBytes(content, DOUBLED_OID))) return { elements, isDoubled: true };
  return elements.map(findIdentified).find((found) => found !== undefined);
}

/** The file that the first path leads to: the last two bytes of `SEQUENCE { OCTET STRING }` (PKCS#15 §6.1.5). */
function fileIn(elements: readonly Element[]): string | undefined {
  const path = elements
    .filter(({ tag }) => tag === TAG.sequence)
    .flatMap(({ content }) => decodeElements(content) ?? [])
    .find(({ tag, content }) => tag === TAG.octet_string && content.length >= 2);
  return path && toHex(path.content.subarray(-2));
}

function readElements(read: ReadCardFile, id: string): Result<readonly Element[]> {
  const bytes = readFile(read, id);
  if (!bytes.ok) return bytes;
  const elements = decodeElements(bytes.value) ?? decodeElements(withoutPadding(bytes.value));
  return elements ? ok(elements) : damaged(id, 'it is no sequence of DER elements');
}

function readFile(read: ReadCardFile, id: string): Result<Uint8Array> {
  const bytes = read(id);
  return bytes ? ok(bytes) : failed({ code: 'card-file-missing', message: 'the card lacks this file', place: id });
}

/** Files of a card have a fixed size: what is not used is FF, or 00. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0xff || bytes[end - 1] === 0)) end--;
  return bytes.subarray(0, end);
}

const damaged = (place: string, message: string): Result<never> => failed({ code: 'card-directory', message, place });
