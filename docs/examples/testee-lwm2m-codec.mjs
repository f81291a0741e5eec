#!/usr/bin/env node
/**
 * npm lwm2m-codec judged by the golden vectors: TLV, LwM2M JSON, links.
 *
 *     npm install lwm2m-codec
 *     lwm2m-conformance vectors --testee "node docs/examples/testee-lwm2m-codec.mjs"
 *
 * The contract is docs/vectors-testee.md. The library gives names for ids and knows the objects of 2016: the models of the
 * vectors are added to its definitions, where it has none of its own, and names are turned back into ids.
 */
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const codec = require('lwm2m-codec');
const definitions = createRequire(require.resolve('lwm2m-codec'))('lwm2m-id');

const NAMES = { tlv: 'tlv', 'oma-json': 'json', 'link-format': 'link' };
const models = new Map();

/** Its names for our types; what it has no name for is left to it. */
const TYPES = { unsigned: 'integer', corelnk: 'string', none: 'execute' };

function learn({ objects }) {
  const quietly = (add) => {
    try {
      add();
    } catch {
      // It has one of its own, which wins.
    }
  };
  for (const { id, resources } of objects) {
    quietly(() => definitions.addOid({ [`object${id}`]: id }));
    for (const resource of resources) {
      const name = `resource${resource.id}`;
      const access = resource.operations || 'R';
      const type = TYPES[resource.type] ?? resource.type;
      quietly(() => definitions.addSpecificRid(id, { [name]: resource.id }));
      const multi = resource.multiple;
      quietly(() =>
        definitions.addSpecificResrcChar(id, {
          [name]: { access, multi, mand: false, type, range: null, init: null },
        }),
      );
    }
  }
}

const idsOf = (path) => path.split('/').filter(Boolean);
const isMap = (value) => typeof value === 'object' && value !== null && !Buffer.isBuffer(value);
const ridOf = (oid, key) => definitions.getRid(Number(oid), key)?.value ?? key;

// ---- reading

function decode({ format, payload, context }) {
  const bytes = Buffer.from(payload, 'hex');
  if (format === 'link-format') return linksOf(codec.decode('link', bytes.toString('utf8')));
  const ids = idsOf(context.path);
  const data = codec.decode(NAMES[format], context.path, bytes);
  const [oid, iid, rid] = ids;
  const nodes = [];
  const add = (path, value) => {
    if (!isMap(value)) nodes.push(nodeOf(path, value, format, models.get(context.model)));
    else for (const [riid, one] of Object.entries(value)) add(`${path}/${riid}`, one);
  };
  const addInstance = (instance, resources) => {
    for (const [key, value] of Object.entries(resources)) add(`/${oid}/${instance}/${ridOf(oid, key)}`, value);
  };
  if (ids.length === 1) for (const [instance, resources] of Object.entries(data)) addInstance(instance, resources);
  else if (ids.length === 2) addInstance(iid, data);
  else if (ids.length === 3) add(`/${oid}/${iid}/${rid}`, data);
  return { decoded: { kind: 'nodes', nodes } };
}

function resourceOf(path, model) {
  const [oid, , rid] = idsOf(path).map(Number);
  return model?.objects.find(({ id }) => id === oid)?.resources.find(({ id }) => id === rid);
}

/** What it gave as the value of the type that the model has; of another kind it is told as it is. */
function nodeOf(path, value, format, model) {
  const guessed = { string: 'string', boolean: 'boolean', number: Number.isInteger(value) ? 'integer' : 'float' }[
    typeof value
  ];
  const type = resourceOf(path, model)?.type ?? guessed ?? 'none';
  if (value === undefined || value === null) return { path, type: 'none', value: null };
  if (type === 'float' && typeof value === 'number') {
    const bits = Buffer.alloc(8);
    bits.writeDoubleBE(value);
    return { path, type, value: String(value), bits: bits.toString('hex') };
  }
  if (['integer', 'unsigned', 'time'].includes(type) && typeof value === 'number')
    return { path, type, value: Number.isInteger(value) ? String(BigInt(value)) : String(value) };
  if (type === 'opaque' && typeof value === 'string')
    return { path, type, value: Buffer.from(value, 'base64').toString('hex') };
  // Types that it does not know it gives as hexadecimal text.
  if (type === 'objlnk' && format === 'tlv' && /^[0-9a-f]{8}$/.test(value))
    return { path, type, value: `${parseInt(value.slice(0, 4), 16)}:${parseInt(value.slice(4), 16)}` };
  return { path, type, value: typeof value === 'number' ? String(value) : value };
}

const linksOf = ({ path, attrs = {}, resrcList = [] }) => ({
  decoded: {
    kind: 'links',
    links: [
      { uri: path, attributes: Object.entries(attrs).map(([name, value]) => [name, String(value)]) },
      ...resrcList.map((uri) => ({ uri, attributes: [] })),
    ],
  },
});

// ---- writing

const valueOf = ({ type, value, bits }, format) => {
  if (type === 'float') return Buffer.from(bits, 'hex').readDoubleBE();
  if (['integer', 'unsigned', 'time'].includes(type)) return Number(value);
  if (type === 'opaque') return Buffer.from(value, 'hex').toString('base64');
  // An object it takes as what its JSON writes as "ov".
  if (type === 'objlnk' && format === 'oma-json') {
    const [oid, iid] = value.split(':').map(Number);
    return { oid, iid };
  }
  return value;
};

function encode({ format, decoded, context }) {
  const base = idsOf(context.path);
  if (format === 'link-format') return { skip: 'it writes links of its own values only' };
  if (base.length < 1 || base.length > 3) return { skip: 'it writes objects, instances and resources' };
  if (decoded.nodes.some(({ time, prefix }) => time !== undefined || prefix !== undefined))
    return { skip: 'it has neither times nor devices behind a gateway' };
  let tree = {};
  for (const node of decoded.nodes) {
    const ids = idsOf(node.path);
    if (ids.slice(0, base.length).join() !== base.join())
      return { error: { class: 'not-encodable', message: 'outside of the path' } };
    const rest = ids.slice(base.length);
    const value = ['object', 'instance', 'multiple', 'none'].includes(node.type) ? {} : valueOf(node, format);
    if (rest.length === 0) tree = value;
    else {
      let at = tree;
      for (const id of rest.slice(0, -1)) at = at[id] ??= {};
      at[rest.at(-1)] = value;
    }
  }
  const written = codec.encode(NAMES[format], context.path, tree);
  return { payload: Buffer.from(written).toString('hex') };
}

// ---- the contract

function answer(request) {
  switch (request.cmd) {
    case 'hello':
      return {
        protocol: 1,
        implementation: {
          name: 'lwm2m-codec',
          version: require('lwm2m-codec/package.json').version,
          language: 'JavaScript',
        },
        capabilities: { tlv: ['decode', 'encode'], 'oma-json': ['decode', 'encode'], 'link-format': ['decode'] },
        enablers: ['1.0'],
      };
    case 'model':
      models.set(request.id, request.model);
      learn(request.model);
      return {};
    case 'decode':
    case 'encode':
      try {
        return request.cmd === 'decode' ? decode(request) : encode(request);
      } catch (error) {
        // It documents a TypeError; whatever else comes out was not meant.
        const isMeant = error instanceof TypeError && /should be/.test(error.message);
        return { error: { class: isMeant ? 'error' : 'uncaught', message: `${error.name}: ${error.message}` } };
      }
    case 'stop':
      return {};
    default:
      return { skip: `${request.cmd} is not offered` };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ seq: request.seq, ...answer(request) })}\n`);
  if (request.cmd === 'stop') break;
}
process.exit(0);
