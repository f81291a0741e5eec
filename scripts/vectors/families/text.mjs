import { family } from '../lib/family.mjs';
import { numbers } from './text/numbers.mjs';
import { shared, texts } from './text/strings.mjs';

export default family(
  {
    format: 'text',
    contentFormat: 0,
    header: [
      'Plain text, one value of one resource: Core 1.0.2 §6.4.1, Core 1.1.1 §7.4.1, Core 1.2.2 §7.5.1; values Appendix C.',
      'The arguments of Execute have a file of their own.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'an everyday payload' },
      Int64: {
        kind: 'numeric',
        description: 'exact beyond 2^53',
        effect: 'a decoder that goes through a double loses the last digits',
      },
      OutOfRange: { kind: 'limit', description: 'a number beyond the type', effect: 'wraps round to another number' },
      NumberForm: {
        kind: 'ambiguous-spec',
        description: 'plus sign, leading zeros, exponent: the same number written otherwise',
      },
      NoNumber: { kind: 'malformed', description: 'what a lax number parser takes for a number' },
      PlatformParser: {
        kind: 'interop-deviation',
        description: 'what the number parsers of some platforms take beside decimal numbers',
      },
      ForeignDigits: { kind: 'unicode', description: 'digits of other scripts' },
      EmptyPayload: {
        kind: 'malformed',
        description: 'no byte where a value must stand',
        effect: 'becomes 0 or false',
      },
      FloatDigits: { kind: 'numeric', description: 'decimal notation of a double' },
      FloatRounding: { kind: 'numeric', description: 'correct rounding of decimal digits' },
      FloatSpecial: { kind: 'numeric', description: 'negative zero, NaN, infinities' },
      BooleanDigit: {
        kind: 'type-mismatch',
        description: 'a Boolean is 0 or 1 and nothing else',
        effect: 'every other text becomes false',
      },
      TimeSeconds: { kind: 'basic', description: 'whole seconds' },
      Text: { kind: 'unicode', description: 'the payload as it is, without terminator' },
      BadUtf8: {
        kind: 'unicode',
        description: 'bytes that are no UTF-8',
        effect: 'replacement characters come to be stored',
      },
      Length: { kind: 'edge', description: 'around the sizes of blocks and beyond' },
      ObjectLink: { kind: 'edge', description: 'two identifiers and a colon' },
      CoreLink: { kind: 'edge', description: 'links as a value' },
      Base64: { kind: 'basic', description: 'standard alphabet with padding' },
      Base64Form: { kind: 'ambiguous-spec', description: 'base64 that is not canonical' },
      Level: {
        kind: 'path',
        description: 'one value, at the level of a resource or a resource instance',
        links: ['OMA#489'],
      },
      NotEncodable: { kind: 'limit', description: 'nodes that have no text' },
      FormatNumber: { kind: 'version', description: 'Content-Format absent or of old' },
    },
    models: ['test', 'device', 'server', 'portfolio'],
  },
  ({ group }) => {
    shared(group);
    numbers(group);
    texts(group);
  },
);
