import { family } from '../lib/family.mjs';
import { decoding } from './coap/decode.mjs';
import { exchanges } from './coap/lwm2m.mjs';
import { processing } from './coap/process.mjs';
import { tcp } from './coap/tcp.mjs';

export default family(
  {
    format: 'coap',
    contentFormat: null,
    header: [
      'CoAP messages: RFC 7252, 7641, 7959, 8132, and RFC 8323 over TCP (context.transport tcp).',
      'Direction decode judges the message alone: an option that a receiver does not know, of a wrong length or repeated too often leaves it well-formed; `unrecognised` lists the indexes of such options.',
      'Direction process judges an endpoint that gets the datagram out of the blue on its LwM2M port: serve (any answer that a good request deserves), a code, rst, silence, abort (TCP).',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'an everyday message' },
      Empty: { kind: 'edge', description: 'code 0.00' },
      Codes: { kind: 'edge', description: 'every class and detail' },
      ReservedCode: {
        kind: 'malformed',
        description: 'classes 1, 3, 6 and 7 have no meaning over UDP',
        effect: 'a message of an unknown class is served as a request',
      },
      Token: { kind: 'edge', description: 'tokens of 0 to 8 bytes' },
      TokenLength: {
        kind: 'malformed',
        description: 'token lengths 9 to 15 are reserved',
        effect: 'nine bytes are taken as token by several libraries',
      },
      Version: { kind: 'malformed', description: 'a version other than 1' },
      ExtendedOption: { kind: 'edge', description: 'option deltas and lengths in 1 and 2 more bytes' },
      OptionOrder: { kind: 'canonical', description: 'options go out in ascending order' },
      OptionValue: { kind: 'edge', description: 'texts, integers and empty values of options' },
      OptionNibble: { kind: 'malformed', description: 'nibble 15 outside of the payload marker' },
      OptionLimit: { kind: 'limit', description: 'option numbers beyond 65535' },
      UnknownOption: {
        kind: 'edge',
        description: 'options that nobody knows: even numbers are passed over, odd ones refused',
      },
      OptionLength: {
        kind: 'limit',
        description: 'a value longer or shorter than its option allows: unrecognised, not malformed',
      },
      Repeated: { kind: 'edge', description: 'a second occurrence of an option that may occur once: unrecognised' },
      Marker: { kind: 'malformed', description: 'the payload marker' },
      Truncated: { kind: 'malformed', description: 'the message ends inside a field' },
      LeadingZero: { kind: 'canonical', description: 'integers of options in more bytes than needed' },
      Block: { kind: 'edge', description: 'block-wise transfer' },
      Observe: { kind: 'edge', description: 'Observe and its numbers' },
      LwM2M: { kind: 'basic', description: 'messages of LwM2M operations' },
      SpecErratum: { kind: 'spec-erratum', description: 'an example of the TS whose description and bytes differ' },
      Tcp: { kind: 'version', description: 'framing over TCP' },
      Signalling: { kind: 'version', description: 'messages of class 7' },
      Large: { kind: 'limit', description: 'long payloads, many options' },
      NotEncodable: { kind: 'limit', description: 'messages that cannot be written' },
    },
  },
  ({ group }) => {
    decoding(group);
    exchanges(group);
    processing(group);
    tcp(group);
  },
);
