import type { IncomingRequest } from '../../coap/types.js';
import type { Enabler } from '../../model/party.js';
import { MAX_ID, type Path } from '../../model/path.js';
import type { Code, CoapMessage } from '../../wire/coap/message.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getPathSegments, getQuery, getUint } from '../../wire/coap/read.js';
import { ContentFormat } from '../../wire/codec.js';
import type { Registration } from './registration.js';

/** What a server asks of the client over the device management and information reporting interfaces. */
export type Operation =
  | 'read'
  | 'discover'
  | 'observe'
  | 'cancel'
  | 'write-replace'
  | 'write-update'
  | 'write-attributes'
  | 'execute'
  | 'create'
  | 'delete'
  | 'read-composite'
  | 'observe-composite'
  | 'cancel-composite'
  | 'write-composite';

/** A request as it is meant: operation, target, formats. */
export interface DeviceRequest {
  readonly operation: Operation;
  readonly path: Path;
  /** Where the asking server is registered. */
  readonly registration: Registration;
  /** Its Short Server ID. */
  readonly server: number;
  /** The enabler version agreed with it. */
  readonly enabler: Enabler;
  readonly accept: number | undefined;
  readonly contentFormat: number | undefined;
  readonly query: readonly string[];
  readonly payload: Uint8Array;
  readonly token: Uint8Array;
  readonly message: CoapMessage;
}

/** The request, or the code with which it is refused for its shape alone. */
export type Reading = { readonly request: DeviceRequest } | { readonly refused: Code };

/**
 * Tells the operations apart that share a method (Core 1.1 §6.3, Transport 1.1 §6.4.4).
 *
 * @param segments the path below the alternate path
 */
export function readRequest(
  incoming: IncomingRequest,
  registration: Registration,
  segments: readonly string[],
): Reading {
  const { message } = incoming;
  const { enabler } = registration;
  const path = readPath(segments);
  if (!path) return { refused: '4.04' };
  if (path.length > 4) return { refused: enabler === '1.0' ? '4.04' : '4.05' };
  const operation = operationOf(message, path);
  if (typeof operation !== 'string') return operation;
  return {
    request: {
      operation,
      path,
      registration,
      server: registration.account.shortServerId,
      enabler,
      accept: getUint(message, OptionNumber.accept),
      contentFormat: getUint(message, OptionNumber.contentFormat),
      query: getQuery(message),
      payload: message.payload,
      token: message.token,
      message,
    },
  };
}

/** Uri-Path below the alternate path; undefined when the request lies outside it. */
export function belowAlternatePath(message: CoapMessage, alternatePath: string): readonly string[] | undefined {
  const segments = getPathSegments(message);
  const prefix = alternatePath.split('/').filter((segment) => segment !== '');
  return prefix.every((segment, i) => segments[i] === segment) ? segments.slice(prefix.length) : undefined;
}

/** Identifiers without leading zeros, 65535 reserved; an empty last segment is a slash too many. */
export function readPath(segments: readonly string[]): Path | undefined {
  const ids = segments.at(-1) === '' ? segments.slice(0, -1) : segments;
  if (!ids.every((id) => /^(0|[1-9]\d{0,4})$/.test(id) && Number(id) < MAX_ID)) return undefined;
  return ids.map(Number);
}

function operationOf(message: CoapMessage, path: Path): Operation | { readonly refused: Code } {
  const observe = getUint(message, OptionNumber.observe);
  switch (message.code) {
    case '0.01':
      if (getUint(message, OptionNumber.accept) === ContentFormat.link) return 'discover';
      return observe === 0 ? 'observe' : observe === 1 ? 'cancel' : 'read';
    case '0.02':
      return path.length === 0
        ? { refused: '4.05' }
        : path.length === 1
          ? 'create'
          : path.length === 2
            ? 'write-update'
            : 'execute';
    case '0.03':
      return putOperation(message);
    case '0.04':
      return 'delete';
    case '0.05':
      return observe === 0 ? 'observe-composite' : observe === 1 ? 'cancel-composite' : 'read-composite';
    case '0.07':
      return 'write-composite';
    default:
      return { refused: '4.05' };
  }
}

/** With a Content-Format it is a Write, even of nothing; with neither that nor a payload it is about attributes (M-1). */
function putOperation(message: CoapMessage): Operation | { readonly refused: Code } {
  if (message.payload.length > 0 && getQuery(message).length > 0) return { refused: '4.00' };
  if (getUint(message, OptionNumber.contentFormat) !== undefined) return 'write-replace';
  return message.payload.length > 0 ? { refused: '4.15' } : 'write-attributes';
}
