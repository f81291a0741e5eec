import type { Result } from '../../base/error.js';
import type { ResourceType } from '../../model/value.js';

/** Version of the testee contract that is spoken here: docs/vectors-testee.md, vectors/schema/testee-1.schema.json. */
export const TESTEE_PROTOCOL = 1;

/** What can be asked about a format. `recode`: read a payload and write it again, for codecs whose values cannot be made. */
export const DIRECTIONS = ['decode', 'encode', 'recode', 'process', 'evaluate'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** A value at a path, as the vector files carry it; see vectors/README.md. */
export interface VectorNode {
  readonly path: string;
  readonly type: ResourceType | 'object' | 'instance' | 'multiple';
  readonly value?: string | boolean | null;
  /** Of a float: binary64 in hexadecimal. Decides over `value`. */
  readonly bits?: string;
  /** Of a float in a vector: units in the last place that an answer may be off. */
  readonly ulps?: number;
  readonly utf8?: string;
  readonly time?: string;
  readonly prefix?: string;
}

export interface VectorLink {
  readonly uri: string;
  /** `[name]` or `[name, value]`. */
  readonly attributes: readonly (readonly string[])[];
}

export interface VectorMessage {
  readonly version?: number;
  readonly type?: 'CON' | 'NON' | 'ACK' | 'RST';
  readonly code: string;
  readonly mid?: number;
  readonly token: string;
  readonly options: readonly (readonly [number, string])[];
  readonly payload: string | null;
}

/** A notification of a timeline: a vector has bounds, an answer the time. */
export interface VectorNotification {
  readonly earliest?: string;
  readonly latest?: string;
  readonly at?: string;
  readonly server?: number;
  readonly nodes?: readonly VectorNode[];
  readonly confirmable?: boolean;
  readonly cause?: string;
}

/** What a payload says, of each kind of file. */
export type Decoded =
  | { readonly kind: 'nodes'; readonly nodes: readonly VectorNode[]; readonly ordered?: boolean }
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'links'; readonly links: readonly VectorLink[] }
  | {
      readonly kind: 'arguments';
      readonly arguments: readonly { readonly digit: number; readonly value: string | null }[];
    }
  | {
      readonly kind: 'attributes';
      readonly attributes: readonly {
        readonly name: string;
        readonly action: 'set' | 'unset';
        readonly value?: string;
      }[];
    }
  | { readonly kind: 'query'; readonly params: readonly (readonly string[])[] }
  | { readonly kind: 'coap'; readonly message: VectorMessage; readonly unrecognised?: readonly number[] }
  | { readonly kind: 'timeline'; readonly notifications: readonly VectorNotification[] };

/** Where a payload stands: the context of a vector, without its Content-Format. */
export interface VectorContext {
  /** Id under which the model was given. */
  readonly model?: string;
  readonly path?: string;
  readonly rootPath?: string;
  readonly operation?: string;
  readonly role?: 'client' | 'server' | 'bootstrap-server' | 'any';
  readonly enabler?: readonly ('1.0' | '1.1' | '1.2')[];
  readonly transport?: 'udp' | 'tcp';
}

export interface VectorResource {
  readonly id: number;
  readonly name?: string;
  readonly type: ResourceType;
  readonly multiple: boolean;
  readonly operations: '' | 'R' | 'W' | 'RW' | 'E';
  readonly range?: string;
}

/** Object definitions of a vector file, under a name. */
export interface VectorModel {
  readonly objects: readonly {
    readonly id: number;
    readonly name?: string;
    readonly version: string;
    readonly multiple: boolean;
    readonly resources: readonly VectorResource[];
  }[];
}

/** A script of a notification vector, on a clock that begins at 0 with the first answer. */
export interface VectorScript {
  readonly attributes: readonly {
    readonly path: string;
    readonly query: string;
    readonly at?: string;
    readonly server?: number;
  }[];
  readonly defaults?: { readonly pmin?: string; readonly pmax?: string; readonly storing?: boolean };
  readonly observe?: readonly {
    readonly paths: readonly string[];
    readonly server?: number;
    readonly at?: string;
    readonly query?: string;
  }[];
  readonly initial: readonly VectorNode[];
  readonly events: readonly {
    readonly at: string;
    readonly set?: readonly VectorNode[];
    readonly remove?: readonly string[];
    readonly happens?: 'cancel' | 'offline' | 'online';
    readonly server?: number;
  }[];
  readonly end: string;
}

interface About {
  readonly format: string;
  /** Of the message; null where it names none, and for what is no payload. */
  readonly contentFormat: number | null;
}

export type Question =
  | (About & {
      readonly cmd: 'decode';
      readonly context: VectorContext;
      readonly payload: string;
      readonly options?: readonly string[];
    })
  | (About & { readonly cmd: 'encode'; readonly context: VectorContext; readonly decoded: Decoded })
  | {
      readonly cmd: 'recode';
      readonly from: About;
      readonly to: About;
      readonly context: VectorContext;
      readonly payload: string;
      readonly options?: readonly string[];
    }
  | (About & { readonly cmd: 'process'; readonly context: VectorContext; readonly payload: string })
  | (About & { readonly cmd: 'evaluate'; readonly context: VectorContext; readonly script: VectorScript });

/** Why a testee refuses: a class of vectors/README.md, `error` for any, `uncaught` for what the library does not document. */
export interface Refusal {
  readonly class: string;
  readonly message?: string;
}

export type Answer =
  | { readonly decoded: Decoded }
  | { readonly payload: string }
  | { readonly reaction: string }
  | { readonly error: Refusal }
  | { readonly skip: string; readonly issue?: string };

/** What a testee says of itself. */
export interface Introduction {
  readonly implementation: { readonly name: string; readonly version?: string; readonly language?: string };
  readonly capabilities: Readonly<Record<string, readonly Direction[]>>;
  /** All unless given. */
  readonly roles?: readonly ('client' | 'server' | 'bootstrap-server')[];
  /** All unless given. */
  readonly enablers?: readonly ('1.0' | '1.1' | '1.2')[];
}

/** A codec to be judged by the vectors, in this process or behind a program. Nothing rejects. */
export interface Testee {
  hello(): Promise<Result<Introduction>>;
  /** Names a model before a context does. */
  model(id: string, model: VectorModel): Promise<Result<void>>;
  /** A problem when the testee broke down over it: `testee-died`, `testee-silent`, `testee-garbage`, `testee-shape`, `testee-seq`. */
  ask(question: Question): Promise<Result<Answer>>;
  stop(): Promise<void>;
  /** The end of what it logged, for a report. */
  log(): string;
}
