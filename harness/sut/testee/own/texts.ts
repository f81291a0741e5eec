import { fromUtf8 } from '../../../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../../../base/error.js';
import { ENABLERS, type Enabler } from '../../../model/party.js';
import {
  checkAttributes,
  decodeArguments,
  decodeLinks,
  formatArguments,
  formatAttributes,
  formatLinks,
  parseAttributes,
  parseBootstrap,
  parseDiscover,
  parseRegister,
  parseRegistration,
  parseUpdate,
  formatBootstrap,
  formatRegister,
  formatUpdate,
  hasValidLength,
  stringOption,
  OptionNumber,
  type Link,
  type LinkSpec,
} from '../../../wire/index.js';
import type { Answer, VectorContext } from '../contract.js';
import {
  answerOf,
  caught,
  contextPath,
  foreignKind,
  refused,
  writtenText,
  type Reading,
  type Subject,
} from './subject.js';

/** The version that a context is about: its newest. */
const enablerOf = ({ enabler }: VectorContext): Enabler | undefined => ENABLERS.find((one) => one === enabler?.at(-1));

/** CoRE links, and what their operation asks of them beyond the grammar. */
export const links: Subject = {
  read({ payload, context }) {
    const meant = meaning(payload, context);
    if (meant && !meant.ok) return refused(meant.problem);
    return answerOf(decodeLinks(payload), (list): Answer => ({ decoded: { kind: 'links', links: list.map(linkOf) } }));
  },
  write({ decoded }) {
    if (decoded.kind !== 'links') return foreignKind(decoded.kind);
    const specs = decoded.links.map(({ uri, attributes }) => ({
      path: uri,
      attributes: attributes.map(([name = '', value]) => [name, value, false] as const),
    }));
    return caught(() => writtenText(specs.map(formatOne).join(',')));
  },
};

/** Our writer takes a link without target for attributes alone, as the query of a registration has them. */
const formatOne = (spec: LinkSpec): string =>
  spec.path === '' ? ['<>', formatLinks([spec])].filter((part) => part !== '').join(';') : formatLinks([spec]);

const linkOf = ({ path, attributes }: Link) => ({
  uri: path,
  attributes: attributes.map(([name, value]) => (value === undefined ? [name] : [name, value])),
});

function meaning(payload: Uint8Array, context: VectorContext): Result<unknown> | undefined {
  const { operation, rootPath = '' } = context;
  if (operation === undefined) return undefined;
  if (operation === 'register' || operation === 'update') return parseRegistration(payload, enablerOf(context));
  return parseDiscover(payload, rootPath === '/' ? '' : rootPath);
}

export const executeArguments: Subject = {
  read: ({ payload }) =>
    answerOf(decodeArguments(payload), (list): Answer => ({
      decoded: { kind: 'arguments', arguments: list.map(({ digit, value }) => ({ digit, value: value ?? null })) },
    })),
  write({ decoded }) {
    if (decoded.kind !== 'arguments') return foreignKind(decoded.kind);
    const list = decoded.arguments.map(({ digit, value }) => ({ digit, ...(value === null ? {} : { value }) }));
    return answerOf(formatArguments(list), writtenText);
  },
};

const INVALID_UTF8: Problem = { code: 'invalid-utf8', message: 'an option is not UTF-8' };

/** The options of a query; an empty query has none. */
function optionsOf({ options, payload }: Reading): Result<readonly string[]> {
  const text = fromUtf8(payload);
  if (text === undefined) return failed(INVALID_UTF8);
  return ok(options ?? (text === '' ? [] : text.split('&')));
}

export const attributesQuery: Subject = {
  read(reading) {
    const options = optionsOf(reading);
    if (!options.ok) return refused(options.problem);
    const { context, model } = reading;
    const path = contextPath(context.path);
    const definition = path.length > 2 ? model?.resource(path[0] ?? 0, path[2] ?? 0) : undefined;
    const enabler = enablerOf(context);
    const changes = parseAttributes(options.value, {
      ...(context.path === undefined || context.operation === 'observe-composite' ? {} : { path }),
      ...(context.operation === 'observe-composite' ? { composite: true } : {}),
      ...(definition ? { definition } : {}),
      ...(enabler ? { enabler } : {}),
    });
    return answerOf(changes, (list): Answer => {
      const problem = checkAttributes(Object.fromEntries(list.map(({ name, value }) => [name, value])));
      if (problem) return refused(problem);
      return {
        decoded: {
          kind: 'attributes',
          attributes: list.map(({ name, value }) =>
            value === undefined ? { name, action: 'unset' } : { name, action: 'set', value: String(value) },
          ),
        },
      };
    });
  },
  write({ decoded }) {
    if (decoded.kind !== 'attributes') return foreignKind(decoded.kind);
    const values = decoded.attributes.map(
      ({ name, value }) => [name, value === undefined ? null : Number(value)] as const,
    );
    return caught(() => writtenText(formatAttributes(Object.fromEntries(values)).join('&')));
  },
};

const paramsOf = (options: readonly string[]): Answer => ({
  decoded: {
    kind: 'query',
    params: options.map((option) => {
      const equals = option.indexOf('=');
      return equals < 0 ? [option] : [option.slice(0, equals), option.slice(equals + 1)];
    }),
  },
});

const TOO_LONG: Problem = { code: 'bad-length', message: 'an option has more than 255 bytes (RFC 7252 §5.10)' };

/** Whether a message can bring these options: the codecs of queries never see others. */
const fitMessage = (options: readonly string[]): boolean =>
  options.every((option) => hasValidLength(stringOption(OptionNumber.uriQuery, option)));

/** Checks the options of a query by their operation; a problem when they may not stand there. */
type Check = (options: readonly string[], context: VectorContext) => Result<readonly string[]>;

/** A query is what its options say: read as they stand, written in the order in which we write them. */
const querySubject = (check: Check): Subject => ({
  read(reading) {
    const options = optionsOf(reading);
    if (!options.ok) return refused(options.problem);
    if (!fitMessage(options.value)) return refused(TOO_LONG);
    return answerOf(check(options.value, reading.context), () => paramsOf(options.value));
  },
  write({ decoded, context }) {
    if (decoded.kind !== 'query') return foreignKind(decoded.kind);
    const options = decoded.params.map((pair) => pair.join('='));
    return answerOf(check(options, context), (list) => writtenText(list.join('&')));
  },
});

/** Register, Update and Deregister. */
export const registrationQuery = querySubject((options, context) => {
  if (context.operation === 'deregister')
    return options.length === 0 ? ok([]) : failed({ code: 'unknown-label', message: 'a Deregister has no query' });
  if (context.operation === 'update') {
    const enabler = enablerOf(context);
    return mapped(parseUpdate(options, enabler ? { enabler } : {}), formatUpdate);
  }
  return mapped(parseRegister(options, context.enabler ? { enablers: context.enabler } : {}), formatRegister);
});

export const bootstrapQuery = querySubject((options, context) => {
  const enabler = enablerOf(context);
  const pack = context.operation === 'bootstrap-pack';
  return mapped(parseBootstrap(options, { pack, ...(enabler ? { enabler } : {}) }), formatBootstrap);
});

const mapped = <T>(result: Result<T>, format: (value: T) => readonly string[]): Result<readonly string[]> =>
  result.ok ? ok(format(result.value)) : result;
