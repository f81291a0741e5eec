import type { Enabler } from '../../../model/party.js';
import type { Path } from '../../../model/path.js';
import type { Code, CoapMessage } from '../../../wire/coap/message.js';
import { OptionNumber } from '../../../wire/coap/options.js';
import { getPathSegments, getQuery, getUint } from '../../../wire/coap/read.js';
import { ContentFormat } from '../../../wire/codec.js';
import { readPath } from '../request.js';

/** What a Bootstrap-Server asks of the client (Core 1.1 §6.1.7). */
export type BootstrapOperation = 'discover' | 'read' | 'write' | 'delete' | 'finish';

/** A request of a Bootstrap-Server as it is meant. Its paths have no alternate path before them (Transport 1.1 §6.4.1). */
export interface BootstrapCommand {
  readonly operation: BootstrapOperation;
  /** Empty for the root, and for Finish. */
  readonly path: Path;
  /** The newest version that the client speaks: none is agreed with a Bootstrap-Server. */
  readonly enabler: Enabler;
  readonly accept: number | undefined;
  readonly contentFormat: number | undefined;
  readonly payload: Uint8Array;
}

/** The command, or the code with which it is refused for its shape alone. */
export type CommandReading = { readonly command: BootstrapCommand } | { readonly refused: Code };

/** Objects that a Bootstrap-Server may read (Core 1.1 §6.1.7.4). */
const READABLE: readonly number[] = [1, 2];

/** Tells the operations apart by method and path (Transport 1.1 §6.4.2). */
export function readCommand(message: CoapMessage, enabler: Enabler): CommandReading {
  const segments = getPathSegments(message);
  const isFinish = segments.length === 1 && segments[0] === 'bs';
  const path = isFinish ? [] : readPath(segments);
  const operation = isFinish ? onBs(message) : path ? onPath(message, path, enabler) : onNoPath(message);
  if (typeof operation !== 'string') return operation;
  return {
    command: {
      operation,
      path: path ?? [],
      enabler,
      accept: getUint(message, OptionNumber.accept),
      contentFormat: getUint(message, OptionNumber.contentFormat),
      payload: message.payload,
    },
  };
}

type Told = BootstrapOperation | { readonly refused: Code };

const refused = (code: Code): Told => ({ refused: code });

function onBs(message: CoapMessage): Told {
  if (message.code === '0.02') return getQuery(message).length === 0 ? 'finish' : refused('4.00');
  return refused(message.code === '0.04' ? '4.00' : '4.05');
}

/** A path that is none of LwM2M. */
const onNoPath = ({ code }: CoapMessage): Told =>
  refused(code === '0.01' ? '4.04' : code === '0.03' || code === '0.04' ? '4.00' : '4.05');

function onPath(message: CoapMessage, path: Path, enabler: Enabler): Told {
  switch (message.code) {
    case '0.01':
      return getUint(message, OptionNumber.accept) === ContentFormat.link
        ? onDiscover(message, path)
        : onRead(path, enabler);
    case '0.03':
      if (path.length === 0) return refused('4.05');
      return path.length <= 3 ? 'write' : refused('4.00');
    case '0.04':
      return path.length <= 2 ? 'delete' : refused('4.00');
    default:
      return refused('4.05');
  }
}

/** Of the root or an Object, without a depth (B-20). */
const onDiscover = (message: CoapMessage, path: Path): Told =>
  path.length <= 1 && getQuery(message).length === 0 ? 'discover' : refused('4.00');

/** From 1.1, of the Objects Server and Access Control and their instances (B-22, B-23). */
function onRead(path: Path, enabler: Enabler): Told {
  const [object] = path;
  const isInReach = object !== undefined && READABLE.includes(object) && path.length <= 2;
  return enabler !== '1.0' && isInReach ? 'read' : refused('4.05');
}
