// Codecs of payloads: a Device instance and 1,000 values in every format, beside lwm2m-codec where it has the format.
import { createRequire } from 'node:module';
import coapPacket from 'coap-packet';
import { modelFor } from '../../dist/harness/model/registry.js';
import { decodeMessage, encodeMessage, stringOption, uintOption, uriPath } from '../../dist/harness/wire/coap/index.js';
import { ContentFormat, decode, encode, entriesOf } from '../../dist/harness/wire/index.js';
import { row, speeds, times, unwrap } from './measure.mjs';

const lwm2mCodec = createRequire(import.meta.url)('lwm2m-codec');
const model = modelFor('1.1');

/** Formats of several values: name, Content-Format, the name that lwm2m-codec has for it. */
const FORMATS = [
  ['TLV', ContentFormat.tlv, 'tlv'],
  ['LwM2M JSON', ContentFormat.json, 'json'],
  ['SenML JSON', ContentFormat.senmlJson],
  ['SenML CBOR', ContentFormat.senmlCbor],
  ['SenML-ETCH JSON', ContentFormat.senmlEtchJson],
  ['SenML-ETCH CBOR', ContentFormat.senmlEtchCbor],
  ['LwM2M CBOR', ContentFormat.lwm2mCbor],
];

const DEVICE = {
  0: 'Open Mobile Alliance',
  1: 'Lightweight M2M Client',
  2: '345000123',
  3: '1.0',
  6: { 0: 1, 1: 5 },
  7: { 0: 3800, 1: 5000 },
  8: { 0: 125, 1: 900 },
  9: 100,
  10: 15,
  11: { 0: 0 },
  13: 1367491215,
  14: '+02:00',
  16: 'U',
};

/** 250 instances of Temperature with four values each. */
const SENSORS = Object.fromEntries(
  Array.from({ length: 250 }, (_, i) => [i, { 5700: 20 + i / 8, 5601: 18.5, 5602: 31.25, 5701: 'Cel' }]),
);

/** Nested content, as lwm2m-codec takes it, with its paths joined. */
function joined(content, prefix = '') {
  return Object.fromEntries(
    Object.entries(content).flatMap(([key, value]) =>
      typeof value === 'object' ? Object.entries(joined(value, `${prefix}${key}/`)) : [[prefix + key, value]],
    ),
  );
}

export function codecs() {
  ofContent('a Device instance', [3, 0], '/3/0', DEVICE);
  ofContent('1,000 values', [3303], '/3303', SENSORS);
  links();
  singleValues();
  coap();
}

function ofContent(what, path, text, content) {
  const entries = unwrap(entriesOf(path, joined(content), model));
  for (const [name, format, theirName] of FORMATS) {
    const context = { path, model };
    const payload = unwrap(encode(format, entries, context));
    unwrap(decode(format, payload, context));
    const theirs = theirName && Buffer.from(lwm2mCodec.encode(theirName, text, content));
    const found = speeds({
      encode: () => encode(format, entries, context),
      decode: () => decode(format, payload, context),
      both: () => decode(format, encode(format, entries, context).value, context),
      ...(theirs && {
        'their encode': () => lwm2mCodec.encode(theirName, text, content),
        'their decode': () => lwm2mCodec.decode(theirName, text, theirs),
        'their both': () =>
          lwm2mCodec.decode(theirName, text, Buffer.from(lwm2mCodec.encode(theirName, text, content))),
      }),
      // The least that any reader of the same text takes: without types, checks and offsets.
      ...(name.includes('JSON') && { 'JSON.parse': () => JSON.parse(new TextDecoder().decode(payload)) }),
    });
    if (name === 'TLV' && what === 'a Device instance')
      row(
        'typed TLV encode + decode of a Device instance',
        found.both,
        '/s',
        `lwm2m-codec ${found['their both']} /s (${times(found.both, found['their both'])})`,
        '60,000 /s, 20 x',
      );
    both(`${name} of ${what}`, found);
  }
}

function both(what, found) {
  const { 'their encode': encoded, 'their decode': decoded, 'JSON.parse': parsed } = found;
  const beside = [
    `decode ${found.decode} /s`,
    encoded &&
      `lwm2m-codec ${encoded} / ${decoded} (${times(found.encode, encoded)} / ${times(found.decode, decoded)})`,
    parsed && `JSON.parse alone ${parsed}`,
  ];
  row(`${what}, encode`, found.encode, '/s', beside.filter(Boolean).join('; '));
}

/** The targets of 1,000 links; lwm2m-codec writes no other than those of one instance. */
function links() {
  const path = [3303, 0];
  const ids = Array.from({ length: 1000 }, (_, id) => id);
  const entries = ids.map((id) => ({ path: [...path, id] }));
  const content = Object.fromEntries(ids.map((id) => [id, 0]));
  const payload = unwrap(encode(ContentFormat.link, entries, { path }));
  const theirs = lwm2mCodec.encode('link', '/3303/0', content);
  both(
    'CoRE links to 1,000 resources',
    speeds({
      encode: () => encode(ContentFormat.link, entries, { path }),
      decode: () => decode(ContentFormat.link, payload, { path }),
      'their encode': () => lwm2mCodec.encode('link', '/3303/0', content),
      'their decode': () => lwm2mCodec.decode('link', theirs),
    }),
  );
}

/** Formats of one value: a text, a float and 1,000 bytes. */
function singleValues() {
  for (const [name, format, path, value] of [
    ['text/plain of a string', ContentFormat.text, [3, 0, 0], { type: 'string', value: 'Open Mobile Alliance' }],
    ['text/plain of a float', ContentFormat.text, [3303, 0, 5700], { type: 'float', value: 21.625 }],
    ['opaque of 1,000 bytes', ContentFormat.opaque, [5, 0, 0], { type: 'opaque', value: new Uint8Array(1000) }],
    ['CBOR of a string', ContentFormat.cbor, [3, 0, 0], { type: 'string', value: 'Open Mobile Alliance' }],
    ['CBOR of a float', ContentFormat.cbor, [3303, 0, 5700], { type: 'float', value: 21.625 }],
  ]) {
    const context = { path, model };
    const payload = unwrap(encode(format, [{ path, value }], context));
    unwrap(decode(format, payload, context));
    both(
      name,
      speeds({
        encode: () => encode(format, [{ path, value }], context),
        decode: () => decode(format, payload, context),
      }),
    );
  }
}

function coap() {
  const message = {
    type: 'CON',
    code: '0.01',
    id: 1,
    token: Uint8Array.of(1, 2),
    options: [...uriPath('/3/0/9'), uintOption(17, 0), stringOption(15, 'a=b')],
    payload: new Uint8Array(0),
  };
  const datagram = encodeMessage(message);
  const packet = coapPacket.parse(Buffer.from(datagram));
  const found = speeds({
    encode: () => encodeMessage(message),
    decode: () => decodeMessage(datagram),
    'their encode': () => coapPacket.generate(packet),
    'their decode': () => coapPacket.parse(Buffer.from(datagram)),
  });
  row(
    'CoAP GET, encode',
    found.encode,
    '/s',
    `decode ${found.decode} /s; coap-packet ${found['their encode']} / ${found['their decode']}`,
  );
}
