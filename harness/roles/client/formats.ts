import type { Result } from '../../base/error.js';
import type { Enabler } from '../../model/party.js';
import type { Path } from '../../model/path.js';
import type { Entry } from '../../model/value.js';
import { ContentFormat } from '../../wire/codec.js';
import { decode, encode } from '../../wire/formats.js';
import type { PackDecodeContext, PackEncodeContext } from '../../wire/senml/index.js';
import type { ClientRole } from './role.js';

/** Formats that carry one value and no path (Core 1.1 §7.4). */
const SINGLE_VALUE: readonly number[] = [ContentFormat.text, ContentFormat.opaque, ContentFormat.cbor];

/** Input that is understood though the sender should have written it otherwise. */
const TOLERATED: ReadonlySet<string> = new Set([
  'tlv-resource-for-instance',
  'base64-padding',
  'base64-standard-alphabet',
  'hex-null-link',
  'relative-keys',
  'tagged-time',
]);

const CANONICAL: ReadonlySet<string> = new Set();

/** In which formats the client speaks of what, and how (Core 1.1 §7.4). */
export class Formats {
  constructor(readonly client: ClientRole) {}

  /** Content-Formats of the version, the one that this client likes best first. */
  supported(enabler: Enabler): number[] {
    const { text, opaque, cbor, senmlJson, senmlCbor, tlv, json, lwm2mCbor } = ContentFormat;
    if (enabler === '1.0') return [tlv, text, opaque, json];
    return [senmlCbor, senmlJson, ...(enabler === '1.2' ? [lwm2mCbor] : []), tlv, cbor, text, opaque];
  }

  /** Whether a payload of the format can be about the path: text and CBOR only about one value, octets only about an Opaque. */
  carries(format: number, path: Path, enabler: Enabler): boolean {
    if (!this.supported(enabler).includes(format)) return false;
    if (!SINGLE_VALUE.includes(format)) return true;
    const { targets } = this.client;
    const isSingle = path.length === 4 || (path.length === 3 && !targets.isMultiple(path));
    return isSingle && (format !== ContentFormat.opaque || targets.typeOf(path) === 'opaque');
  }

  /** The format of an answer: the one asked for, or of the client's choice; undefined when the one asked for cannot carry the target. */
  ofAnswer(accept: number | undefined, path: Path, enabler: Enabler): number | undefined {
    if (accept === undefined) return this.preferred(path, enabler);
    return this.carries(accept, path, enabler) ? accept : undefined;
  }

  /** Without Accept: text for one value, octets for an Opaque, else the structured format that the version likes best. */
  preferred(path: Path, enabler: Enabler): number {
    const candidates = [ContentFormat.opaque, ContentFormat.text, ...this.supported(enabler)];
    return candidates.find((format) => this.carries(format, path, enabler)) ?? ContentFormat.tlv;
  }

  /** What a server is told about a path. A container with nothing in it has a form of its own in TLV only. */
  encode(format: number, entries: readonly Entry[], path: Path, enabler: Enabler): Result<Uint8Array> {
    return this.#encode(format, entries, { path, enabler, ...this.root(enabler) });
  }

  /** What a Bootstrap-Server is told: no alternate path is in its names (Transport 1.1 §6.4.1). */
  encodeForBootstrap(format: number, entries: readonly Entry[], path: Path, enabler: Enabler): Result<Uint8Array> {
    return this.#encode(format, entries, { path, enabler });
  }

  /** What a server says about a path. */
  decode(format: number, payload: Uint8Array, path: Path, enabler: Enabler): Result<readonly Entry[]> {
    return this.#decode(format, payload, { path, enabler, ...this.root(enabler) });
  }

  /** What a Bootstrap-Server says about a path; about the root in a Bootstrap-Pack. */
  decodeForBootstrap(format: number, payload: Uint8Array, path: Path, enabler: Enabler): Result<readonly Entry[]> {
    return this.#decode(format, payload, { path, enabler });
  }

  /** What a server says of a new Object Instance, whose id it may leave to the client (M-36). */
  decodeNew(format: number, payload: Uint8Array, path: Path, enabler: Enabler): Result<readonly Entry[]> {
    const lenient = new Set([...this.tolerated(), 'tlv-new-instance']);
    return this.#decode(format, payload, { path, enabler, lenient, ...this.root(enabler) });
  }

  /** Names of permitted alternatives of the codecs; the canonical form where there are none. */
  style(): ReadonlySet<string> {
    return CANONICAL;
  }

  /** Names of leniencies of the codecs. */
  tolerated(): ReadonlySet<string> {
    return TOLERATED;
  }

  /** From 1.2 SenML names begin with the alternate path (Core 1.2.1 §7.5). */
  root(enabler: Enabler): { readonly rootPath?: string } {
    const rootPath = this.client.alternatePath();
    return enabler === '1.2' && rootPath !== '' ? { rootPath } : {};
  }

  #encode(format: number, entries: readonly Entry[], context: PackEncodeContext): Result<Uint8Array> {
    const told = entries.filter((entry) => entry.value !== undefined || format === ContentFormat.tlv);
    return encode(format, told, { model: this.client.model, style: this.style(), ...context });
  }

  #decode(format: number, payload: Uint8Array, context: PackDecodeContext): Result<readonly Entry[]> {
    return decode(format, payload, { model: this.client.model, lenient: this.tolerated(), ...context });
  }
}
