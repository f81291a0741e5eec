import { EMPTY } from '../../base/bytes.js';
import type { ResourceDefinition } from '../../model/definition.js';
import { MAX_ID } from '../../model/path.js';
import type { Value, ValueType } from '../../model/value.js';
import { inRange } from '../../model/range.js';
import { EXECUTABLE, multiple, single, type Resource } from './store.js';

/** A Resource as a device makes it with nothing else to say: zero, empty, the null link; the lower bound where zero is out of range. */
export function initialResource(definition: ResourceDefinition): Resource {
  if (definition.type === 'none') return EXECUTABLE;
  if (definition.multiple) return multiple([]);
  const zero = initialValue(definition.type);
  if (inRange(zero, definition.range)) return single(zero);
  return single(lowest(definition, zero));
}

function initialValue(type: ValueType): Value {
  switch (type) {
    case 'string':
    case 'corelnk':
      return { type, value: '' };
    case 'integer':
    case 'unsigned':
    case 'time':
      return { type, value: 0n };
    case 'float':
      return { type, value: 0 };
    case 'boolean':
      return { type, value: false };
    case 'opaque':
      return { type, value: EMPTY };
    case 'objlnk':
      return { type, value: { object: MAX_ID, instance: MAX_ID } };
  }
}

function lowest(definition: ResourceDefinition, zero: Value): Value {
  const low = /^-?\d+(\.\d+)?/.exec(definition.range.trim())?.[0];
  if (low === undefined) return zero;
  if (zero.type === 'float') return { type: 'float', value: Number(low) };
  if (zero.type === 'integer' || zero.type === 'unsigned' || zero.type === 'time')
    return { type: zero.type, value: BigInt(low.split('.')[0] ?? '0') };
  return zero.type === 'string' ? { type: 'string', value: ' '.repeat(Number(low)) } : zero;
}
