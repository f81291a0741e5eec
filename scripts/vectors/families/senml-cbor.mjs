import { family } from '../lib/family.mjs';
import { names } from './senml-cbor/names.mjs';
import { records } from './senml-cbor/records.mjs';
import { malformed } from './senml-cbor/malformed.mjs';
import { values } from './senml-cbor/values.mjs';

export default family(
  {
    format: 'senml-cbor',
    contentFormat: 112,
    header: [
      'SenML CBOR: Core 1.1.1 §7.4.6, Core 1.2.2 §7.5.7; RFC 8428; values Appendix C.',
      'The time of a node is base time plus time as written, not resolved against now.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'an everyday payload' },
      BaseName: { kind: 'path', description: 'base name and name are joined without a separator' },
      BadPath: { kind: 'path', description: 'a resolved name that is no path' },
      OutsidePath: { kind: 'path', description: 'a name outside the path of the request' },
      GatewayPrefix: { kind: 'version', description: 'names of a device behind a gateway' },
      RootPath: { kind: 'path', description: 'names under the alternate path of the client' },
      IntegerHead: { kind: 'numeric', description: 'each size of the argument' },
      LongHead: { kind: 'ambiguous-spec', description: 'a longer argument than needed: well-formed, not preferred' },
      Int64: {
        kind: 'numeric',
        description: 'exact beyond 2^53',
        effect: 'a decoder that goes through a double loses the last digits',
      },
      OutOfRange: { kind: 'limit', description: 'a number beyond the type' },
      FloatWidth: { kind: 'numeric', description: 'binary16, 32 and 64' },
      FloatSpecial: { kind: 'numeric', description: 'infinities, NaN, negative zero' },
      NumberKind: { kind: 'type-mismatch', description: 'integer for float and float for integer' },
      DecimalFraction: {
        kind: 'numeric',
        description: 'tag 4',
        effect: 'values that are one unit in the last place off',
      },
      Tag: { kind: 'ambiguous-spec', description: 'tags that SenML does not name' },
      TimeTag: { kind: 'interop-deviation', description: 'tags 0 and 1 on a Time', links: ['OMA#537'] },
      Text: { kind: 'unicode', description: 'text strings; lengths count bytes' },
      BadUtf8: { kind: 'unicode', description: 'text that is no UTF-8' },
      Indefinite: { kind: 'ambiguous-spec', description: 'items of indefinite length' },
      ObjectLink: { kind: 'edge', description: 'object links under the text label vlo' },
      ObjectLinkLabel: { kind: 'interop-deviation', description: 'object links under another label' },
      WrongType: {
        kind: 'type-mismatch',
        description: 'a value of another type than the resource, or under the label of another',
      },
      TextLabel: { kind: 'interop-deviation', description: 'a label of SenML as text', links: ['leshan#1654'] },
      UnknownLabel: { kind: 'edge', description: 'labels that nobody knows are passed over' },
      MustUnderstand: { kind: 'malformed', description: 'a label that ends in an underscore must be understood' },
      DuplicateLabel: { kind: 'malformed', description: 'one label twice in one record' },
      DuplicateName: { kind: 'ambiguous-spec', description: 'one name twice in one pack' },
      ValueCount: { kind: 'malformed', description: 'a record with two values, or without any' },
      BaseValue: {
        kind: 'ambiguous-spec',
        description: 'base value, base sum, sum and units: legal SenML without use in LwM2M',
        effect: 'the base value is passed over and the sum is wrong',
      },
      Version: { kind: 'version', description: 'base version' },
      Time: { kind: 'edge', description: 'base time and time' },
      TimeSeries: {
        kind: 'edge',
        description: 'several values of one resource at several times',
        effect: 'all but the last are lost',
      },
      KeyOrder: { kind: 'canonical', description: 'the order of labels means nothing' },
      Layout: { kind: 'canonical', description: 'several ways to split names' },
      PathList: {
        kind: 'basic',
        description: 'records without values, as Read-Composite and Observe-Composite send them',
      },
      Null: { kind: 'version', description: 'null deletes in SenML-ETCH and is no value here' },
      Root: { kind: 'malformed', description: 'the payload is not an array of maps' },
      Empty: { kind: 'edge', description: 'no record' },
      NotWellFormed: { kind: 'malformed', description: 'bytes that are no CBOR' },
      NoValue: { kind: 'malformed', description: 'CBOR that is no value' },
      Truncated: { kind: 'malformed', description: 'the payload ends inside an item' },
      HugeCount: {
        kind: 'limit',
        description: 'counts and lengths far beyond the payload',
        effect: 'memory is taken for what never comes',
      },
      TrailingData: { kind: 'malformed', description: 'bytes after the array' },
      Deep: { kind: 'limit', description: 'nesting far beyond a pack', effect: 'the stack overflows' },
      Large: { kind: 'limit', description: 'many records' },
      NotEncodable: { kind: 'limit', description: 'nodes that have no SenML' },
    },
    models: ['test', 'device', 'server', 'temp', 'links', 'access', 'bin', 'core'],
  },
  ({ group }) => {
    values(group);
    names(group);
    records(group);
    malformed(group);
  },
);
