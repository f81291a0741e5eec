/**
 * Who is right where an oracle disagrees with a vector. Every disagreement needs a ruling: `generate.mjs` stops without one.
 * The first that fits counts. `open: true`: the text does not settle it, the vector is marked `contested`.
 * @type {import('./lib/evidence.mjs').Ruling[]}
 */
export const RULINGS = [
  // ---- TLV
  {
    by: 'leshan',
    format: ['tlv'],
    names: [/^(integer|unsigned|time|instance-integer)-of-\d-bytes$/],
    why: 'reads any width up to eight bytes; the type has four widths',
    clause: 'Core 1.1.1 App. C: an Integer has 8, 16, 32 or 64 bits',
  },
  {
    by: 'leshan',
    format: ['tlv'],
    names: [/^single-unsigned-/, /^unsigned-edge-/],
    why: 'reads an unsigned integer with a sign, so that its first bit turns 255 into 2^64-1',
    clause: 'Core 1.1.1 App. C: Unsigned Integer',
  },
  {
    by: 'leshan-encoder',
    format: ['tlv'],
    names: [/^single-unsigned-/, /^unsigned-edge-/],
    why: 'narrows an unsigned integer as if it had a sign: 2^64-1 becomes one byte ff',
    clause: 'Core 1.1.1 App. C: Unsigned Integer',
  },
  { by: 'leshan', format: ['tlv'], names: [/^boolean-(02|7f|80|ff)$/], why: 'takes every byte but 01 for false', clause: 'Core 1.1.1 App. C: a Boolean is 0 or 1' },
  { by: 'leshan', format: ['tlv'], names: [/^objlnk-of-\d-bytes$/], why: 'fills a short object link up with zeros', clause: 'Core 1.1.1 App. C: two 16-bit identifiers, one after the other' },
  { by: 'leshan', format: ['tlv'], flags: ['BadUtf8'], why: 'puts replacement characters for what is no UTF-8', clause: 'Core 1.1.1 App. C: a String is UTF-8' },
  {
    by: 'leshan',
    format: ['tlv'],
    names: [/-for-single/, /^single-for-multiple/],
    why: 'lets the kind of the TLV, not the model, say whether a resource is multiple',
    clause: 'Core 1.1.1 §7.4.4: a resource with several instances is a multiple resource TLV, one without is not',
  },
  { by: 'leshan', format: ['tlv'], names: ['instance-at-resource-level'], why: 'looks through an object instance TLV for the resource it asked for', clause: 'Core 1.1.1 §7.4.4.2: an answer at resource level holds that resource' },
  {
    by: 'wakaama',
    format: ['tlv'],
    flags: ['Truncated', 'Overrun', 'SpecErratum'],
    saw: /^accepts it/,
    why: 'stops at what it cannot read and keeps what came before',
    clause: 'Core 1.1.1 §7.4.4: a TLV has as many bytes as it announces',
  },
  { by: 'wakaama', format: ['tlv'], flags: ['EmptyMultiple', 'InstanceWrapper'], saw: /parses nothing/, why: 'cannot tell a TLV without content from an error', clause: 'Core 1.1.1 §7.4.4.1: 0, 1 or more instances; OMA#494, OMA#551' },

  // ---- CBOR
  {
    by: 'leshan',
    format: ['cbor'],
    names: [/^single-time-/, /^time-untagged-/],
    why: 'asks for tag 0 or 1 around a Time; the tag is permitted, a bare integer is too',
    clause: 'Core 1.1.1 §7.4.3 and App. C: a Time is an Integer',
  },
  { by: 'leshan', format: ['cbor'], names: ['time-tag-0-fraction'], why: 'keeps the fraction; a Time counts whole seconds, so that it is cut or refused', clause: 'Core 1.1.1 App. C: a Time is an Integer' },
  { by: 'leshan', format: ['cbor'], names: ['multiple-resource'], why: 'takes one item for a multiple resource', clause: 'Core 1.1.1 §7.4.3: one value; OMA#585' },

  // ---- SenML CBOR
  { by: 'leshan', format: ['senml-cbor', 'senml-json'], names: [/^float-as-integer-/], why: 'asks for a float where SenML has numbers of any kind', clause: 'RFC 8428 §6: integers, floats or decimal fractions stand for a JSON number' },
  { by: 'leshan', format: ['senml-cbor'], flags: ['DecimalFraction'], why: 'takes some decimal fractions and not others', clause: 'RFC 8428 §6: decimal fractions (tag 4) stand for a JSON number' },
  { by: 'leshan', format: ['senml-cbor', 'senml-json'], flags: ['MustUnderstand'], why: 'passes over every label that it does not know', clause: 'RFC 8428 §4.4: a label that ends in an underscore must be understood or the pack refused' },
  { by: 'leshan', format: ['senml-cbor', 'senml-json'], flags: ['Version'], why: 'does not look at the base version', clause: 'RFC 8428 §4.4: a higher version than one knows is not processed' },
  { by: 'leshan', format: ['senml-cbor', 'senml-json'], flags: ['ValueCount'], why: 'takes the value that fits the type and passes over the other', clause: 'RFC 8428 §4.2: not more than one value field' },
  { by: 'leshan', format: ['senml-cbor', 'senml-json'], flags: ['BaseValue'], why: 'passes over the base value and takes the difference for the value: the one outcome that no reading permits', clause: 'RFC 8428 §4.1: the base value is added' },
  { by: 'leshan', format: ['senml-cbor', 'senml-json'], names: ['empty-payload'], why: 'takes no bytes for no records; a pack is an array', clause: 'RFC 8428 §4' },

  // ---- plain text
  { by: 'wakaama', format: ['text', 'oma-json'], saw: /^reads .* float /, why: 'adds digit to digit in doubles, so that the result is some units in the last place off', clause: 'IEEE 754 §5.12.2: the nearest value' },
  { by: 'wakaama', format: ['text', 'oma-json'], names: [/bad-minus$/], why: 'takes a sign without digits for zero', clause: 'Core 1.1.1 App. C: digits follow the sign' },
  { by: 'wakaama', format: ['text', 'oma-json'], names: [/int64-min/], why: 'negates what it has read, which has no place for -2^63', clause: 'Core 1.1.1 App. C: 64 signed bits' },
  { by: 'leshan', format: ['text'], names: [/^string-utf8-/], why: 'puts replacement characters for what is no UTF-8', clause: 'Core 1.1.1 App. C: a String is UTF-8' },
  { by: 'leshan', format: ['text'], names: ['level-multiple-resource'], why: 'takes one value for a multiple resource', clause: 'Core 1.1.1 §7.4.1: one value' },
  { by: 'leshan', format: ['text'], names: ['corelnk-other-resource'], why: 'takes links to Objects, Instances and Resources alone; App. C speaks of those, RFC 6690 of any', clause: 'Core 1.1.1 App. C: Corelnk', open: true },

  // ---- CBOR readers
  { by: 'cborg', names: [/break-alone$/], why: 'takes a break for an item where a value stands', clause: 'RFC 8949 §3.2.1: a break stands only in items of indefinite length' },
  { by: 'cborg', names: [/^duplicate-/], why: 'compares keys that are arrays by identity', clause: 'RFC 8949 §5.6' },

  // ---- CoAP, messages
  { by: 'californium', format: ['coap'], names: [/^empty-with-/], why: 'reads on behind an empty code; its message layer then treats the message as a ping', clause: 'RFC 7252 §4.1: bytes after the Message ID of an empty message are a format error' },
  { by: 'californium', format: ['coap'], names: [/^method-0-/], why: 'counts an unknown method as a format error', clause: 'RFC 7252 §5.8: an unknown method is answered with 4.05' },

  // ---- CoAP, endpoints
  { by: 'libcoap', format: ['coap'], names: [/^process-version-/], why: 'answers another version with RST', clause: 'RFC 7252 §3: such messages are ignored in silence' },
  { by: 'libcoap', format: ['coap'], names: [/^process-class-/], why: 'acknowledges a code of a reserved class', clause: 'RFC 7252 §4.2: reserved classes are rejected' },
  { by: 'libcoap', format: ['coap'], names: ['process-unexpected-response'], why: 'acknowledges a response that it did not ask for, as a server that may have forgotten', clause: 'RFC 7252 §5.3.2: an unexpected response is rejected' },
  { by: 'libcoap', format: ['coap'], names: [/-\d+-bytes$/, 'process-etag-9', 'process-uri-path-256'], why: 'rejects the whole message for the length of one option', clause: 'RFC 7252 §5.4.3: the option is treated as unrecognised' },
  { by: 'libcoap', format: ['coap'], names: ['process-szx-7'], why: 'serves a request with the reserved size exponent', clause: 'RFC 7959 §2.2: 7 leads to 4.00' },
  { by: 'libcoap', format: ['coap'], names: ['process-tcp-malformed'], why: 'passes over a malformed frame and goes on', clause: 'RFC 8323 §5.6: a message format error leads to Abort' },
  { by: 'libcoap', format: ['coap'], names: ['process-csm-critical'], why: 'passes over an unknown critical option of a CSM', clause: 'RFC 8323 §5.3: such a CSM leads to Abort' },
  { by: 'libcoap', format: ['coap'], names: [/-twice$/], why: 'takes one of the two', clause: 'RFC 7252 §5.4.5: the second is treated as unrecognised; critical, so 4.02' },
  { by: 'californium-endpoint', format: ['coap'], names: [/-twice$/, 'process-accept-3-bytes'], why: 'its typed options take the last value, and leading zeros of any number', clause: 'RFC 7252 §5.4.3, §5.4.5: treated as unrecognised; critical, so 4.02' },
  { by: 'californium-endpoint', format: ['coap'], names: ['process-etag-9'], why: 'refuses an elective option of a wrong length', clause: 'RFC 7252 §5.4.3, §5.4.1: an unrecognised elective option is ignored' },
  { by: 'californium-endpoint', format: ['coap'], names: ['process-nibble-15', 'process-marker', 'process-cut-option'], why: 'answers a format error with 4.02', clause: 'RFC 7252 §4.2: it is rejected, that is RST or silence' },
  { by: 'californium-endpoint', format: ['coap'], names: ['process-method-31'], why: 'answers an unknown method with 4.02', clause: 'RFC 7252 §5.8: 4.05' },
  { by: 'californium-endpoint', format: ['coap'], names: ['process-proxy-uri'], why: 'strips a Proxy-Uri with its own path, though it is no proxy', clause: 'RFC 7252 §5.10.2: 5.05' },
  { by: 'libcoap', format: ['coap'], names: ['process-ack-request'], why: 'serves a request in an acknowledgement', clause: 'RFC 7252 §4.2, Table 1: an ACK carries no request' },
  { by: 'californium-endpoint', format: ['coap'], names: ['process-ack-request'], why: 'serves a request in an acknowledgement', clause: 'RFC 7252 §4.2, Table 1: an ACK carries no request' },
];
