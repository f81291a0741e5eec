import { family } from '../lib/family.mjs';
import { grammar } from './link-format/grammar.mjs';
import { meaning } from './link-format/meaning.mjs';

export default family(
  {
    format: 'link-format',
    contentFormat: 40,
    header: [
      'CoRE Link Format: RFC 6690; Register and Update Core 1.2.2 §6.2, Discover §6.3.2, Bootstrap-Discover §6.1.7.3.',
      'A vector without an operation is about the grammar alone. With an operation, the links must mean something: an object list, an answer to Discover.',
      'Values of attributes stand without their quotes; escapes are resolved.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'everyday links' },
      Attributes: { kind: 'basic', description: 'attributes in each form' },
      QuotedPair: { kind: 'edge', description: 'a backslash in quotes' },
      Repeated: { kind: 'ambiguous-spec', description: 'one attribute twice in a link' },
      PercentEncoding: { kind: 'edge', description: 'a target is kept as it is written' },
      Unicode: { kind: 'unicode', description: 'UTF-8 in quotes' },
      Blanks: {
        kind: 'ambiguous-spec',
        description: 'blanks between the parts',
        effect: 'a device whose firmware copies the examples of the TS cannot register',
      },
      BareAttribute: { kind: 'version', description: 'an attribute before the first link, as 1.0 has it' },
      Malformed: { kind: 'malformed', description: 'no list of links' },
      UnquotedList: {
        kind: 'interop-deviation',
        description: 'a list of Content-Formats without quotes',
        links: ['leshan#1020'],
      },
      Truncated: { kind: 'malformed', description: 'the list ends inside a link' },
      Large: { kind: 'limit', description: 'many links, long values' },
      Empty: { kind: 'edge', description: 'no link' },
      Register: { kind: 'basic', description: 'the object list of a client' },
      Tolerance: {
        kind: 'ambiguous-spec',
        description: 'lists that should not be so and are seen in the field',
        effect: 'devices are locked out after an update of the server',
      },
      AlternatePath: { kind: 'path', description: 'a root other than /' },
      IdRange: { kind: 'limit', description: 'identifiers beyond 65534' },
      Version: {
        kind: 'version',
        description: 'versions of objects and of the enabler',
        effect: 'an object is read with the definition of another version',
      },
      FormatList: { kind: 'ambiguous-spec', description: 'a list of Content-Formats that is none' },
      Discover: { kind: 'basic', description: 'what is there, with its notification attributes' },
      Depth: { kind: 'version', description: 'how deep an answer goes' },
      Dimension: { kind: 'edge', description: 'number of instances of a multiple resource' },
      NotificationAttribute: { kind: 'numeric', description: 'attributes in their canonical form' },
      BootstrapDiscover: { kind: 'basic', description: 'what a bootstrap server is told' },
      ServerId: { kind: 'limit', description: 'short server ids are 1 to 65534' },
      SpecErratum: { kind: 'spec-erratum', description: 'examples as printed' },
    },
  },
  ({ group }) => {
    grammar(group);
    meaning(group);
  },
);
