import type { Problem } from '../../base/error.js';
import type { Enabler } from '../../model/party.js';
import { formatPath, type Path } from '../../model/path.js';
import { ContentFormat } from '../../wire/codec.js';

export type OperationName =
  | 'read'
  | 'discover'
  | 'write'
  | 'write-attributes'
  | 'execute'
  | 'create'
  | 'delete'
  | 'observe'
  | 'cancel'
  | 'read-composite'
  | 'write-composite'
  | 'observe-composite'
  | 'cancel-composite';

/** What a request needs of the enabler version. */
export interface Operation {
  readonly name: OperationName;
  readonly paths: readonly Path[];
  readonly format?: number | undefined;
  readonly attributes?: readonly string[];
  readonly depth?: number | undefined;
}

/** Content-Formats by the version that brought them; all others came with 1.0. */
const FORMATS_SINCE: ReadonlyMap<number, Enabler> = new Map([
  [ContentFormat.cbor, '1.1'],
  [ContentFormat.senmlJson, '1.1'],
  [ContentFormat.senmlCbor, '1.1'],
  [ContentFormat.senmlEtchJson, '1.2'],
  [ContentFormat.senmlEtchCbor, '1.2'],
  [ContentFormat.lwm2mCbor, '1.2'],
]);

const ATTRIBUTES_SINCE: Readonly<Record<string, Enabler>> = {
  epmin: '1.1',
  epmax: '1.1',
  edge: '1.2',
  con: '1.2',
  hqmax: '1.2',
};

/**
 * Why an operation does not exist in the version that a client registered with (V-5); undefined when it does.
 * Problem code: `newer-version`.
 */
export function newerThan(enabler: Enabler, operation: Operation): Problem | undefined {
  const found = needs(operation).find(({ since }) => since > enabler);
  return (
    found && {
      code: 'newer-version',
      message: `${found.what} came with LwM2M ${found.since}, and the client registered with ${enabler}`,
    }
  );
}

interface Need {
  readonly what: string;
  readonly since: Enabler;
}

function needs({ name, paths, format, attributes = [], depth }: Operation): Need[] {
  const since = format === undefined ? undefined : FORMATS_SINCE.get(format);
  return [
    ...(name.endsWith('-composite') ? [{ what: `the operation ${name}`, since: '1.1' } as const] : []),
    ...paths
      .filter((path) => path.length === 4)
      .map((path) => ({ what: `the path ${formatPath(path)} of a Resource Instance`, since: '1.1' }) as const),
    ...(name === 'delete' && paths.some((path) => path.length === 4)
      ? [{ what: 'deleting a Resource Instance', since: '1.2' } as const]
      : []),
    ...(since === undefined ? [] : [{ what: `Content-Format ${format}`, since }]),
    ...(depth === undefined ? [] : [{ what: 'the depth of a Discover', since: '1.2' } as const]),
    ...(name === 'observe' && attributes.length > 0
      ? [{ what: 'an Observe with attributes', since: '1.2' } as const]
      : []),
    ...attributes.map(
      (attribute) => ({ what: `the attribute ${attribute}`, since: ATTRIBUTES_SINCE[attribute] ?? '1.0' }) as const,
    ),
  ];
}
