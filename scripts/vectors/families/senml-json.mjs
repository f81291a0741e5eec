import { family } from '../lib/family.mjs';
import { names } from './senml-json/names.mjs';
import { records } from './senml-json/records.mjs';
import { values } from './senml-json/values.mjs';

export default family(
  {
    format: 'senml-json',
    contentFormat: 110,
    header: [
      'SenML JSON: Core 1.1.1 §7.4.5, Core 1.2.2 §7.5.6; RFC 8428; JSON RFC 8259; values Appendix C.',
      'The time of a node is base time plus time as written, not resolved against now.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'an everyday payload' },
      BaseName: { kind: 'path', description: 'base name and name are joined without a separator' },
      BadPath: { kind: 'path', description: 'a resolved name that is no path' },
      OutsidePath: { kind: 'path', description: 'a name outside the path of the request' },
      GatewayPrefix: { kind: 'version', description: 'names of a device behind a gateway' },
      RootPath: { kind: 'path', description: 'names under the alternate path of the client' },
      Int64: {
        kind: 'numeric',
        description: 'exact beyond 2^53',
        effect: 'a decoder that goes through a double loses the last digits',
      },
      OutOfRange: { kind: 'limit', description: 'a number beyond the type' },
      NumberForm: {
        kind: 'ambiguous-spec',
        description: 'fraction or exponent where the number is whole, E instead of e',
      },
      NumberKind: { kind: 'type-mismatch', description: 'a fraction for a whole number' },
      FloatDigits: { kind: 'numeric', description: 'decimal digits of a double, correctly rounded' },
      FloatSpecial: { kind: 'numeric', description: 'negative zero' },
      TimeSeconds: { kind: 'basic', description: 'whole seconds' },
      Text: { kind: 'unicode', description: 'escapes and characters of strings' },
      BadUtf8: { kind: 'unicode', description: 'bytes that are no UTF-8' },
      LoneSurrogate: { kind: 'ambiguous-spec', description: 'half of a surrogate pair in an escape' },
      Encoding: { kind: 'unicode', description: 'JSON is UTF-8 without a mark' },
      Base64Url: {
        kind: 'basic',
        description: 'URL alphabet without padding',
        effect: 'the standard alphabet is expected and the value refused',
      },
      Base64Form: { kind: 'ambiguous-spec', description: 'base64 in another form' },
      ObjectLink: { kind: 'edge', description: 'object links under vlo' },
      ObjectLinkLabel: { kind: 'interop-deviation', description: 'object links under another label' },
      WrongType: {
        kind: 'type-mismatch',
        description: 'a value of another type than the resource, or under the label of another',
      },
      UnknownLabel: { kind: 'edge', description: 'labels that nobody knows are passed over' },
      MustUnderstand: { kind: 'malformed', description: 'a label that ends in an underscore must be understood' },
      DuplicateLabel: { kind: 'ambiguous-spec', description: 'one label twice in one record' },
      DuplicateName: { kind: 'ambiguous-spec', description: 'one name twice in one pack' },
      ValueCount: { kind: 'malformed', description: 'a record with two values, or without any' },
      Null: { kind: 'version', description: 'null deletes in SenML-ETCH and is no value here' },
      BaseValue: {
        kind: 'ambiguous-spec',
        description: 'base value, sums and units: legal SenML without use in LwM2M',
        effect: 'the base value is passed over and the sum is wrong',
      },
      Version: { kind: 'version', description: 'base version' },
      Time: { kind: 'edge', description: 'base time and time' },
      TimeSeries: {
        kind: 'edge',
        description: 'several values of one resource at several times',
        effect: 'all but the last are lost',
      },
      Layout: { kind: 'canonical', description: 'several ways to split names' },
      PathList: {
        kind: 'basic',
        description: 'records without values, as Read-Composite and Observe-Composite send them',
      },
      Root: { kind: 'malformed', description: 'the payload is not an array of objects' },
      Blanks: { kind: 'edge', description: 'blanks between tokens' },
      Empty: { kind: 'edge', description: 'no record' },
      NotJson: { kind: 'malformed', description: 'text that is no JSON' },
      Truncated: { kind: 'malformed', description: 'the payload ends inside the array' },
      TrailingData: { kind: 'malformed', description: 'text after the array' },
      Depth: { kind: 'limit', description: 'deep nesting' },
      Large: { kind: 'limit', description: 'many records' },
      NotEncodable: { kind: 'limit', description: 'values that have no JSON' },
    },
    models: ['test', 'device', 'server', 'temp', 'links', 'access', 'core'],
  },
  ({ group }) => {
    values(group);
    names(group);
    records(group);
  },
);
