import { failed, ok, type Problem, type Result } from '../base/error.js';
import { formatPath, type Path } from '../model/path.js';
import { formatLinks, type Link, type LinkAttribute } from './core-link-grammar.js';
import { decodeLinksWithRemarks, parseTarget } from './core-link-registration.js';
import {
  ATTRIBUTE_NAMES,
  isAttributeName,
  parseAttributeValue,
  type AttributeName,
  type NotificationAttributes,
} from './queries-attributes.js';
import { formatDecimal } from './text-value.js';

/** A link of a Discover or Bootstrap-Discover answer, as it is meant (Core 1.1 §5.1.1, §6.3.2, §6.1.7.3). */
export interface DescribedLink {
  /** Below the alternate path; [] is the root. */
  readonly path: Path;
  /** `ver` of an Object. */
  readonly version?: string;
  /** `dim`: number of instances of a multiple Resource. */
  readonly dimension?: number;
  /** `ssid`, in Bootstrap-Discover. */
  readonly serverId?: number;
  /** `uri`, in Bootstrap-Discover. */
  readonly uri?: string;
  /** `lwm2m` of the root link, in Bootstrap-Discover. */
  readonly enabler?: string;
  readonly attributes: NotificationAttributes;
  /** Attributes that LwM2M does not know, as written. */
  readonly others?: readonly LinkAttribute[];
  /** Byte offset. */
  readonly at?: number;
}

export interface DiscoverPayload {
  readonly links: readonly DescribedLink[];
  /** What deviates, though it can be understood. */
  readonly remarks: readonly Problem[];
}

type Own = Omit<DescribedLink, 'attributes'>;
type Draft = { -readonly [K in keyof Own]: Own[K] } & { readonly attributes: Partial<Record<AttributeName, number>> };

/**
 * Reads the answer to a Discover or Bootstrap-Discover, tolerantly.
 *
 * Problem codes: those of `decodeLinks`; `bad-path`, `out-of-range`, `bad-value` (an attribute without the value it must have).
 * Remark codes: those of the strict grammar (a bare `lwm2m="1.0",` before the links is one of them, X-13); `quoted` for a number or
 * version in quotes, `unquoted` for a bare `uri`, `outside-root`, `unknown-link`, `leading-zeros`, `trailing-slash`.
 *
 * @param prefix alternate path of the client, empty without one; a Bootstrap-Discover has none
 */
export function parseDiscover(payload: Uint8Array, prefix = ''): Result<DiscoverPayload> {
  const read = decodeLinksWithRemarks(payload);
  if (!read.ok) return read;
  const { links, remarks } = read.value;
  const described: DescribedLink[] = [];
  for (const link of links) {
    const path = targetOf(link, prefix, remarks);
    if (!path.ok) return path;
    if (!path.value) continue;
    const one = describe(link, path.value, remarks);
    if (!one.ok) return one;
    described.push(one.value);
  }
  return ok({ links: described, remarks });
}

/** Undefined for a link that is none of LwM2M. */
function targetOf(link: Link, prefix: string, remarks: Problem[]): Result<Path | undefined> {
  const remark = (code: string, message: string): void =>
    void remarks.push({ code, message, at: link.at, place: `<${link.path}>` });
  if (link.path === '' || link.path === '/' || (prefix !== '' && link.path === prefix)) return ok([]);
  if (!link.path.startsWith(`${prefix}/`)) {
    remark('outside-root', `the link lies outside the alternate path ${prefix}`);
    return ok(undefined);
  }
  const target = parseTarget(link, prefix);
  if (!target.ok) return target;
  for (const code of target.value.deviations) remark(code, `${link.path} is not the plain form of a path`);
  if (target.value.ids.length > 0) return ok(target.value.ids);
  remark('unknown-link', 'this is no path of LwM2M');
  return ok(undefined);
}

function describe(link: Link, path: Path, remarks: Problem[]): Result<DescribedLink> {
  const draft: Draft = { path, attributes: {}, at: link.at };
  const others: LinkAttribute[] = [];
  for (const attribute of link.attributes) {
    const [name, value, quoted] = attribute;
    const known = value !== undefined ? readAttribute(draft, name, value) : isKnown(name) ? NO_VALUE : undefined;
    if (!known) others.push(attribute);
    else if (!known.ok) return failed({ ...known.problem, at: link.at, place: `<${link.path}>;${name}` });
    else if (quoted !== (name === 'uri'))
      remarks.push({
        code: quoted ? 'quoted' : 'unquoted',
        message: `the value of ${name} is ${quoted ? 'quoted' : 'not quoted'}`,
        at: link.at,
        place: `<${link.path}>;${name}`,
      });
  }
  return ok(others.length > 0 ? { ...draft, others } : draft);
}

const bad = (message: string): Result<never> => failed({ code: 'bad-value', message });
const NO_VALUE = bad('the value is missing');

const PROPERTIES: readonly string[] = ['ver', 'dim', 'ssid', 'uri', 'lwm2m'];
const isKnown = (name: string): boolean => PROPERTIES.includes(name) || isAttributeName(name);

/** Undefined for an attribute that LwM2M does not know. */
function readAttribute(draft: Draft, name: string, value: string): Result<unknown> | undefined {
  switch (name) {
    case 'ver':
      draft.version = value;
      return /^\d+\.\d+$/.test(value) ? ok(value) : bad(`${JSON.stringify(value)} is no version such as 1.1`);
    case 'lwm2m':
      draft.enabler = value;
      return /^\d+\.\d+$/.test(value) ? ok(value) : bad(`${JSON.stringify(value)} is no version such as 1.1`);
    case 'uri':
      draft.uri = value;
      return ok(value);
    case 'dim':
      draft.dimension = Number(value);
      return isCount(value) ? ok(value) : bad(`${JSON.stringify(value)} is no number of instances`);
    case 'ssid':
      draft.serverId = Number(value);
      return isCount(value) && value !== '0' && value !== '65535' ? ok(value) : bad(`${value} is no Short Server ID`);
  }
  if (!isAttributeName(name)) return undefined;
  const number = parseAttributeValue(name, value, SIGNED);
  if (number.ok) draft.attributes[name] = number.value;
  return number;
}

/** What a server set with a sign is shown with it. */
const SIGNED: ReadonlySet<string> = new Set(['attributes-signed']);

const isCount = (text: string): boolean => /^(0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;

/**
 * Writes the answer to a Discover or Bootstrap-Discover; properties stand before attributes: `</3/0/7>;dim=2;pmin=10`.
 * The root link stands as `</>`, or as the alternate path.
 */
export function formatDiscover(links: readonly DescribedLink[], prefix = ''): string {
  return formatLinks(
    links.map((link) => ({
      path: link.path.length === 0 ? prefix || '/' : prefix + formatPath(link.path),
      attributes: attributesOf(link),
    })),
  );
}

function attributesOf({
  version,
  dimension,
  serverId,
  uri,
  enabler,
  attributes,
  others,
}: DescribedLink): LinkAttribute[] {
  const properties: readonly (readonly [string, string | number | undefined, boolean])[] = [
    ['lwm2m', enabler, false],
    ['ver', version, false],
    ['ssid', serverId, false],
    ['uri', uri, true],
    ['dim', dimension, false],
  ];
  const found: LinkAttribute[] = [];
  for (const [name, value, quoted] of properties) if (value !== undefined) found.push([name, String(value), quoted]);
  for (const name of ATTRIBUTE_NAMES) {
    const value = attributes[name];
    if (value !== undefined) found.push([name, formatDecimal(value), false]);
  }
  return [...found, ...(others ?? [])];
}
