// CBOR beside the libraries, like with like: a SenML pack of 20 records to arrays and maps, and back.
import * as cborg from 'cborg';
import { decode as cbor2Decode, encode as cbor2Encode } from 'cbor2';
import { modelFor } from '../../dist/harness/model/registry.js';
import { encodeItem } from '../../dist/harness/wire/cbor/encode-item.js';
import { CborReader, Major } from '../../dist/harness/wire/cbor/reader.js';
import { readItem } from '../../dist/harness/wire/cbor/tree.js';
import { CborWriter } from '../../dist/harness/wire/cbor/writer.js';
import { decode, encode } from '../../dist/harness/wire/index.js';
import { library } from './libraries.mjs';
import { row, speeds, times, unwrap } from './measure.mjs';

/** What a user of the reader writes to get arrays and maps. */
function read(reader) {
  reader.head();
  switch (reader.major) {
    case Major.unsigned:
    case Major.negative:
      return reader.integer();
    case Major.bytes:
      return reader.byteString();
    case Major.text:
      return reader.text();
    case Major.array: {
      const items = [];
      for (let i = 0, length = reader.argument; reader.more(length, i); i++) items.push(read(reader));
      return items;
    }
    case Major.map: {
      const map = new Map();
      for (let i = 0, length = reader.argument; reader.more(length, i); i++) {
        const key = reader.shortInteger() ?? read(reader);
        map.set(key, read(reader));
      }
      return map;
    }
    case Major.tag:
      return read(reader);
    default:
      if (reader.isFloat()) return reader.float();
      return reader.argument === 20 || reader.argument === 21 ? reader.argument === 21 : null;
  }
}

function write(writer, value) {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) writer.integer(value);
    else writer.float(value);
  } else if (typeof value === 'string') writer.text(value);
  else if (Array.isArray(value)) {
    writer.array(value.length);
    for (const item of value) write(writer, item);
  } else {
    writer.map(value.size);
    for (const [key, content] of value) {
      write(writer, key);
      write(writer, content);
    }
  }
}

const readAll = (bytes) => {
  const reader = new CborReader(bytes);
  const value = read(reader);
  reader.done();
  return value;
};

const writeAll = (value) => {
  const writer = new CborWriter();
  write(writer, value);
  return writer.finish();
};

export function cbor() {
  const path = [3303];
  const model = modelFor('1.1');
  const entries = Array.from({ length: 20 }, (_, i) => ({
    path: [3303, i, 5700],
    value: { type: 'float', value: 20.5 + i / 4 },
    time: 1_700_000_000 + i,
  }));
  const pack = unwrap(encode(112, entries, { path, model }));
  const maps = readAll(pack);
  const item = unwrap(readItem(pack));
  const cborX = library('cbor-x');
  const toMaps = cborX && new cborX.Encoder({ mapsAsObjects: false, useRecords: false, variableMapSize: true });
  const packs = [cborg.encode(maps), cbor2Encode(maps), writeAll(maps), ...(toMaps ? [toMaps.encode(maps)] : [])];
  for (const theirs of packs)
    if (theirs.length > pack.length * 2) throw new Error(`${theirs.length} bytes beside ${pack.length}`);
  const found = speeds({
    'stream decode': () => readAll(pack),
    ...(toMaps && { 'cbor-x decode': () => toMaps.decode(pack), 'cbor-x encode': () => toMaps.encode(maps) }),
    'cborg decode': () => cborg.decode(pack, { useMaps: true }),
    'cbor2 decode': () => cbor2Decode(pack),
    'tree decode': () => readItem(pack),
    'typed decode': () => decode(112, pack, { path, model }),
    'untyped decode': () => decode(112, pack, { path }),
    'stream encode': () => writeAll(maps),
    'cborg encode': () => cborg.encode(maps),
    'cbor2 encode': () => cbor2Encode(maps),
    'tree encode': () => encodeItem(item),
    'typed encode': () => encode(112, entries, { path, model }),
    'untyped encode': () => encode(112, entries, { path }),
  });
  for (const direction of ['decode', 'encode']) {
    const ours = found[`stream ${direction}`];
    const beside = ['cbor-x', 'cborg', 'cbor2']
      .map((name) => [name, found[`${name} ${direction}`]])
      .map(([name, theirs]) =>
        theirs === undefined ? `${name} is missing` : `${name} ${theirs} (${times(ours, theirs)})`,
      );
    row(`CBOR of 20 records, ${direction}`, ours, '/s', beside.join(', '), 'half of cbor-x, ahead of the others');
    row(`CBOR of 20 records, ${direction}, tree with offsets`, found[`tree ${direction}`], '/s');
    row(
      `SenML CBOR of 20 records, ${direction}`,
      found[`typed ${direction}`],
      '/s',
      `without a model ${found[`untyped ${direction}`]} /s`,
    );
  }
}
