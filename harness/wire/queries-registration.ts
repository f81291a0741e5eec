import { failed, ok, type Problem, type Result } from '../base/error.js';
import { ENABLERS, type Enabler } from '../model/party.js';

/** What a client says of itself in the query of a Register (Core 1.1 §6.2.1). */
export interface RegisterParameters {
  /** `ep`; may be missing from 1.1 where the security layer proves it. */
  readonly endpoint?: string;
  /** `lt`, seconds */
  readonly lifetime: number;
  /** `lwm2m` */
  readonly enabler: Enabler;
  /** `b`; `U` when it is missing */
  readonly binding?: string;
  /** `Q`, from 1.1 */
  readonly queueMode?: boolean;
  /** `sms`: MSISDN, digits without `+` */
  readonly sms?: string;
  /** `pid`, from 1.2 */
  readonly profile?: string;
  /** Options with names that LwM2M does not know, as they stand. */
  readonly others?: readonly string[];
}

/** What an Update can change. */
export type UpdateParameters = Partial<Omit<RegisterParameters, 'endpoint' | 'enabler'>>;

/** Deviations that the query parsers accept by name. */
export const QUERY_LENIENCIES = {
  'query-unknown-parameter': 'parameters that LwM2M does not know, kept in `others` (E-7, X-3)',
  'query-no-lifetime': 'lwm2m=1.0 without lt: 86400 (X-71)',
  'query-no-version': 'lwm2m missing: taken as 1.0 (X-5)',
  'query-no-endpoint': 'lwm2m=1.0 without ep, where the security layer proves it',
  'query-queue-in-binding': 'b=UQ with lwm2m=1.1 (X-9)',
  'query-queue-value': 'Q=1 for Q',
  'query-queue-early': 'Q with lwm2m=1.0',
  'query-plus-sms': 'sms with a leading +',
} as const;

type Allows = (leniency: keyof typeof QUERY_LENIENCIES) => boolean;

export interface QueryContext {
  /** Versions that the receiver supports; all without it. */
  readonly enablers?: readonly Enabler[];
  /** Of the registration, for an Update. */
  readonly enabler?: Enabler;
  readonly lenient?: ReadonlySet<string>;
}

const MAX_UINT32 = 2 ** 32 - 1;
const DEFAULT_LIFETIME = 86_400;

/** The six values of 1.0 (Core 1.0 §5.3.1.1). */
const BINDINGS_1_0: readonly string[] = ['U', 'UQ', 'S', 'SQ', 'US', 'UQS'];
const LETTERS: Readonly<Record<Enabler, string>> = { '1.0': 'USQ', '1.1': 'UTSN', '1.2': 'UTSNMH' };

/**
 * Reads the Uri-Query options of a Register.
 *
 * Problem codes, with the parameter as `place`: `missing`, `bad-value`, `out-of-range`, `duplicate`, `unknown-label` → 4.00 (E-1, E-2,
 * E-7); `unsupported` for a version that is not among `enablers` → 4.12 (E-3). Syntax is judged before the version.
 *
 * @example
 * parseRegister(['ep=urn:dev:os:1', 'lt=300', 'lwm2m=1.1', 'b=U', 'Q'])
 * // => { ok: true, value: { endpoint: 'urn:dev:os:1', lifetime: 300, enabler: '1.1', binding: 'U', queueMode: true } }
 */
export function parseRegister(query: readonly string[], context: QueryContext = {}): Result<RegisterParameters> {
  const allows: Allows = (leniency) => context.lenient?.has(leniency) ?? false;
  const options = split(query);
  if (!options.ok) return options;
  const texts = options.value;
  const enabler = parseEnabler(texts.get('lwm2m'), context.enablers ?? ENABLERS, allows);
  // A version that is well-formed but not supported must not hide that the rest is malformed.
  const version = enabler.ok ? enabler.value : (context.enablers?.at(-1) ?? '1.2');
  const endpoint = parseEndpoint(texts, version, allows);
  if (!endpoint.ok) return endpoint;
  const given = parseOptional(texts, ['ep', 'lwm2m'], version, allows);
  if (!given.ok) return given;
  const lifetime =
    given.value.lifetime ?? (version === '1.0' && allows('query-no-lifetime') ? DEFAULT_LIFETIME : undefined);
  if (lifetime === undefined) return failed(missing('lt', 'the lifetime'));
  if (!enabler.ok) return enabler;
  return ok({
    ...(endpoint.value !== undefined && { endpoint: endpoint.value }),
    ...given.value,
    lifetime,
    enabler: version,
  });
}

/**
 * Reads the Uri-Query options of an Update: `lt`, `b`, `Q`, `sms`, from 1.2 `pid`, any of them or none (Core 1.1 §6.2.2).
 * Problem codes as for {@link parseRegister} (all 4.00, grading E-9).
 */
export function parseUpdate(query: readonly string[], context: QueryContext = {}): Result<UpdateParameters> {
  const options = split(query);
  if (!options.ok) return options;
  return parseOptional(
    options.value,
    [],
    context.enabler ?? '1.2',
    (leniency) => context.lenient?.has(leniency) ?? false,
  );
}

/** Options by name; the value is undefined where there is no `=`. Only the first `=` separates; nothing is unescaped. */
function split(query: readonly string[]): Result<ReadonlyMap<string, string | undefined>> {
  const texts = new Map<string, string | undefined>();
  for (const option of query) {
    const equals = option.indexOf('=');
    const name = equals < 0 ? option : option.slice(0, equals);
    if (texts.has(name))
      return failed({ code: 'duplicate', message: `the parameter ${name} stands twice`, place: name });
    texts.set(name, equals < 0 ? undefined : option.slice(equals + 1));
  }
  return ok(texts);
}

const missing = (place: string, what: string): Problem => ({ code: 'missing', message: `${what} is missing`, place });

const bad = (place: string, text: string | undefined, hint: string): Result<never> =>
  failed({ code: 'bad-value', message: `${JSON.stringify(text ?? '')} is no value of ${place}`, place, hint });

function parseEnabler(text: string | undefined, supported: readonly Enabler[], allows: Allows): Result<Enabler> {
  if (text === undefined)
    return allows('query-no-version') ? ok('1.0') : failed(missing('lwm2m', 'the version of the enabler'));
  if (!/^\d+\.\d+$/.test(text)) return bad('lwm2m', text, 'expected a version such as 1.1');
  const enabler = supported.find((one) => one === text);
  if (enabler) return ok(enabler);
  return failed({
    code: 'unsupported',
    message: `LwM2M ${text} is not supported`,
    place: 'lwm2m',
    hint: `expected ${supported.join(', ')}`,
  });
}

function parseEndpoint(
  texts: ReadonlyMap<string, string | undefined>,
  enabler: Enabler,
  allows: Allows,
): Result<string | undefined> {
  const text = texts.get('ep');
  // "ep" and "ep=" name nobody, which is not the same as leaving it to the credentials.
  if (texts.has('ep') && !text) return bad('ep', text, 'expected an endpoint client name');
  if (text === undefined && enabler === '1.0' && !allows('query-no-endpoint'))
    return failed(missing('ep', 'the endpoint client name'));
  return ok(text);
}

function parseOptional(
  texts: ReadonlyMap<string, string | undefined>,
  known: readonly string[],
  enabler: Enabler,
  allows: Allows,
): Result<UpdateParameters> {
  let parameters: UpdateParameters = {};
  for (const [name, text] of texts) {
    if (known.includes(name)) continue;
    const parsed = parseParameter(name, text, enabler, allows);
    if (!parsed.ok) return parsed;
    const others = [...(parameters.others ?? []), ...(parsed.value.others ?? [])];
    parameters = { ...parameters, ...parsed.value, ...(others.length > 0 && { others }) };
  }
  return ok(parameters);
}

function parseParameter(
  name: string,
  text: string | undefined,
  enabler: Enabler,
  allows: Allows,
): Result<UpdateParameters> {
  switch (name) {
    case 'lt':
      return parseLifetime(text);
    case 'b':
      return parseBinding(text, enabler, allows);
    case 'Q':
      if (enabler === '1.0' && !allows('query-queue-early')) break;
      return text === undefined || allows('query-queue-value')
        ? ok({ queueMode: text !== '0' })
        : bad('Q', text, 'expected Q without a value');
    case 'sms': {
      const digits = allows('query-plus-sms') ? text?.replace(/^\+/, '') : text;
      return digits !== undefined && isSms(digits, enabler)
        ? ok({ sms: digits })
        : bad('sms', text, 'expected the digits of an MSISDN without "+"');
    }
    case 'pid':
      if (enabler !== '1.2') break;
      return text !== undefined && isProfile(text)
        ? ok({ profile: text })
        : bad('pid', text, 'expected a profile id such as 6:27354b9a, or a quoted list of them');
  }
  const option = text === undefined ? name : `${name}=${text}`;
  if (allows('query-unknown-parameter')) return ok({ others: [option] });
  return failed({
    code: 'unknown-label',
    message: `${JSON.stringify(name)} is no parameter of LwM2M ${enabler}`,
    place: name,
  });
}

function parseLifetime(text: string | undefined): Result<UpdateParameters> {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return bad('lt', text, 'expected seconds as a decimal integer');
  const lifetime = Number(text);
  if (lifetime <= MAX_UINT32) return ok({ lifetime });
  return failed({ code: 'out-of-range', message: `${text} s exceed 32 bits`, place: 'lt' });
}

function parseBinding(text: string | undefined, enabler: Enabler, allows: Allows): Result<UpdateParameters> {
  if (enabler === '1.0')
    return text !== undefined && BINDINGS_1_0.includes(text)
      ? ok({ binding: text })
      : bad('b', text, `expected one of ${BINDINGS_1_0.join(', ')}`);
  const binding = allows('query-queue-in-binding') ? text?.replace('Q', '') : text;
  const letters = Array.from(binding ?? '');
  const distinct = new Set(letters).size === letters.length;
  if (!binding || !distinct || letters.some((letter) => !LETTERS[enabler].includes(letter)))
    return bad('b', text, `expected distinct letters of ${LETTERS[enabler]}`);
  return ok({ binding, ...(binding !== text && { queueMode: true }) });
}

/** An MSISDN; from 1.1 an External Identifier too: `local@domain` (Core 1.1 §6.2.1). */
const isSms = (text: string, enabler: Enabler): boolean =>
  /^\d{1,15}$/.test(text) || (enabler !== '1.0' && /^[^\s@+]+@[^\s@]+$/.test(text));

const PROFILE = String.raw`(?:\d+:[0-9a-f]+|(?:oma|v):[A-Za-z0-9-]+)`;
const PROFILES = new RegExp(`^(?:${PROFILE}|"${PROFILE}(?:,${PROFILE})*")$`);

/** The grammar of R-14: dynamic `suite:hash` or pre-configured `oma:name`, `v:name`. */
const isProfile = (text: string): boolean => PROFILES.test(text);

/**
 * The Uri-Query options of a Register, in the order ep, lt, lwm2m, b, Q, sms, pid, others. What is undefined is left out: a tester
 * may leave out what is required.
 */
export function formatRegister(parameters: Partial<RegisterParameters>): string[] {
  const { endpoint, lifetime, enabler, ...rest } = parameters;
  return [
    ...(endpoint === undefined ? [] : [`ep=${endpoint}`]),
    ...(lifetime === undefined ? [] : [`lt=${lifetime}`]),
    ...(enabler === undefined ? [] : [`lwm2m=${enabler}`]),
    ...formatUpdate(rest),
  ];
}

/** The Uri-Query options of an Update, in the order lt, b, Q, sms, pid, others. */
export function formatUpdate(parameters: UpdateParameters): string[] {
  const { lifetime, binding, queueMode, sms, profile, others } = parameters;
  return [
    ...(lifetime === undefined ? [] : [`lt=${lifetime}`]),
    ...(binding === undefined ? [] : [`b=${binding}`]),
    ...(queueMode ? ['Q'] : []),
    ...(sms === undefined ? [] : [`sms=${sms}`]),
    ...(profile === undefined ? [] : [`pid=${profile}`]),
    ...(others ?? []),
  ];
}
