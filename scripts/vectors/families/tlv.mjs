import { instance } from '../emit/tlv.mjs';
import { family } from '../lib/family.mjs';
import { headers } from './tlv/headers.mjs';
import { malformed } from './tlv/malformed.mjs';
import { structure } from './tlv/structure.mjs';
import { values } from './tlv/values.mjs';

/** Bytes above which an encoding is not listed a second time. */
const LONG = 60_000;

/**
 * What an encoder may write where one payload is given. Nothing orders the TLVs of one level: several nodes have several encodings.
 * At the path of an instance the instance TLV around the resources is optional (OMA#452): an encoder may write it, and whether a
 * decoder takes it is for `instance-in-wrapper` to say.
 * @param {import('../lib/family.mjs').TestSpec} spec @param {{ path?: string }} context
 * @returns {Pick<import('../lib/family.mjs').TestSpec, 'encode' | 'encodings'>}
 */
function permitted({ encode, nodes = [], payload = '' }, { path = '' }) {
  if (encode !== 'bytes') return {};
  const [, , id, resource] = path.split('/');
  const isOfInstance = id !== undefined && resource === undefined;
  if (nodes.length > 1 || (isOfInstance && payload.length > 2 * LONG)) return { encode: 'semantic' };
  if (!isOfInstance) return {};
  return {
    encode: 'any-listed',
    encodings: [
      {
        payload: instance(Number(id), payload),
        why: 'in its instance TLV, which is optional at this level (OMA#452)',
        decoders: 'may-refuse',
      },
    ],
  };
}

export default family(
  {
    format: 'tlv',
    contentFormat: 11542,
    header: [
      'LwM2M TLV: Core 1.0.2 §6.4.3, Core 1.1.1 §7.4.4, Core 1.2.2 §7.5.5; values Appendix C.',
      'An instance id 65535 in a decoded path of a Create stands for the one that the client chooses.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'an everyday payload' },
      SpecErratum: {
        kind: 'spec-erratum',
        description: 'an example of the TS, as printed or corrected',
        links: ['OMA#281', 'OMA#593'],
      },
      IntegerWidth: {
        kind: 'numeric',
        description: 'an integer or time has 1, 2, 4 or 8 bytes and no other number',
        effect: 'values of 3 or 5 bytes are read as numbers by some and refused by others',
      },
      Int64: {
        kind: 'numeric',
        description: 'exact beyond 2^53',
        effect: 'a decoder that goes through a double loses the last digits',
      },
      Unsigned: {
        kind: 'numeric',
        description: 'the model decides whether the first bit is a sign',
        effect: '255 is read as -1',
      },
      WiderThanNeeded: { kind: 'numeric', description: 'an integer in a longer permitted width than it needs' },
      FloatWidth: { kind: 'numeric', description: 'a float has 4 or 8 bytes' },
      FloatSpecial: { kind: 'numeric', description: 'infinities, NaN, negative zero, subnormals' },
      BooleanValue: { kind: 'type-mismatch', description: 'a boolean is one byte of 0 or 1' },
      ObjectLink: { kind: 'edge', description: 'two 16-bit identifiers; ffff:ffff is the null link' },
      Text: { kind: 'unicode', description: 'lengths count bytes, not characters' },
      BadUtf8: {
        kind: 'unicode',
        description: 'a String or Corelnk is UTF-8',
        effect: 'replacement characters are stored and sent on in silence',
      },
      EmptyValue: { kind: 'edge', description: 'a value of no bytes' },
      LengthForm: { kind: 'edge', description: 'where the length moves from the type byte to 8, 16 and 24 bits' },
      IdForm: { kind: 'edge', description: '8- and 16-bit identifiers' },
      NonMinimal: {
        kind: 'ambiguous-spec',
        description: 'a longer header than needed; no rule forbids it, none allows it',
      },
      LooksLikeTlv: { kind: 'edge', description: 'a value whose bytes would parse as TLV must stay opaque' },
      Multiple: { kind: 'basic', description: 'resources with several instances' },
      EmptyMultiple: {
        kind: 'ambiguous-spec',
        description: 'a multiple resource without instances',
        links: ['OMA#494', 'OMA#551'],
      },
      InstanceWrapper: { kind: 'basic', description: 'object instance TLVs at object level' },
      WrapperWhereNone: {
        kind: 'interop-deviation',
        description: 'a level wrapped, or left bare, other than the request path asks',
        links: ['OMA#276', 'OMA#378'],
      },
      Create: { kind: 'basic', description: 'Create with and without an instance id' },
      UnknownResource: { kind: 'model', description: 'a resource that the model lacks is skipped, or kept as bytes' },
      Order: { kind: 'edge', description: 'the order of TLVs means nothing' },
      Large: { kind: 'limit', description: 'many TLVs, or long ones' },
      LegacyNumber: {
        kind: 'interop-deviation',
        description: 'the Content-Format number of before the registration, 1542',
      },
      Truncated: {
        kind: 'malformed',
        description: 'the payload ends inside a TLV',
        effect: 'leading values are taken as if the rest had never been sent',
      },
      HugeLength: {
        kind: 'limit',
        description: 'an announced length far beyond the payload',
        effect: 'memory of up to 16 MiB is taken for a packet of a few bytes',
      },
      Overrun: { kind: 'malformed', description: 'a child longer than its parent' },
      Nesting: { kind: 'malformed', description: 'a TLV of a kind that its parent cannot hold' },
      Duplicate: { kind: 'malformed', description: 'one identifier twice on one level' },
      OtherPath: { kind: 'path', description: 'an identifier that is not the one of the request path' },
      WrongKind: { kind: 'type-mismatch', description: 'single and multiple exchanged, or a value for an executable' },
      ReservedId: { kind: 'limit', description: 'identifier 65535 is reserved' },
      EmptyPayload: { kind: 'edge', description: 'no TLV at all' },
      NotEncodable: { kind: 'limit', description: 'nodes that have no TLV' },
    },
    models: ['device', 'test', 'widths', 'access', 'links', 'server', 'temp', 'bin'],
  },
  (file) => {
    /** @type {import('./tlv/values.mjs').Group} */
    const group = (id, description, defaults, write) =>
      file.group(id, description, defaults, (v) => {
        const { valid } = v;
        v.valid = (name, comment, spec) =>
          valid.call(v, name, comment, {
            ...spec,
            ...permitted(spec, { ...defaults.context, ...spec.context }),
          });
        write(v);
      });
    values(group);
    headers(group);
    structure(group);
    malformed(group);
  },
);
