import { fromUtf8 } from '../../../base/bytes.js';
import type { Problem, Result } from '../../../base/error.js';
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
  type Link,
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
    return caught(() => writtenText(formatLinks(specs)));
  },
};

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

/** The options of a query, or why there are none. */
function optionsOf({ options, payload }: Reading): readonly string[] | undefined {
  return options ?? fromUtf8(payload)?.split('&');
}

export const attributesQuery: Subject = {
  read(reading) {
    const options = optionsOf(reading);
    if (!options) return refused(INVALID_UTF8);
    const { context, model } = reading;
    const path = contextPath(context.path);
    const definition = path.length > 2 ? model?.resource(path[0] ?? 0, path[2] ?? 0) : undefined;
    const enabler = enablerOf(context);
    const changes = parseAttributes(options, {
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
    const values = decoded.attributes.map(({ name, value }) => [name, value === undefined ? null : Number(value)]);
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

/** Register, Update and Deregister; what comes out is what was understood, written again. */
export const registrationQuery: Subject = {
  read(reading) {
    const options = optionsOf(reading);
    if (!options) return refused(INVALID_UTF8);
    return registrationAnswer(
      options.filter((option) => option !== '' || options.length > 1),
      reading.context,
    );
  },
  write: (writing) => rewritten(writing.decoded, (options) => registrationAnswer(options, writing.context)),
};

function registrationAnswer(options: readonly string[], context: VectorContext): Answer {
  if (context.operation === 'deregister')
    return options.length === 0
      ? paramsOf([])
      : refused({ code: 'unknown-label', message: 'a Deregister has no query' });
  if (context.operation === 'update') {
    const enabler = enablerOf(context);
    return answerOf(parseUpdate(options, enabler ? { enabler } : {}), (parsed) => paramsOf(formatUpdate(parsed)));
  }
  return answerOf(parseRegister(options, context.enabler ? { enablers: context.enabler } : {}), (parsed) =>
    paramsOf(formatRegister(parsed)),
  );
}

export const bootstrapQuery: Subject = {
  read(reading) {
    const options = optionsOf(reading);
    if (!options) return refused(INVALID_UTF8);
    return bootstrapAnswer(
      options.filter((option) => option !== '' || options.length > 1),
      reading.context,
    );
  },
  write: (writing) => rewritten(writing.decoded, (options) => bootstrapAnswer(options, writing.context)),
};

function bootstrapAnswer(options: readonly string[], context: VectorContext): Answer {
  const enabler = enablerOf(context);
  const pack = context.operation === 'bootstrap-pack';
  return answerOf(parseBootstrap(options, { pack, ...(enabler ? { enabler } : {}) }), (parsed) =>
    paramsOf(formatBootstrap(parsed)),
  );
}

/** A query has no values apart from its options: it is read, and written as we write it. */
function rewritten(
  decoded: Parameters<Subject['write']>[0]['decoded'],
  read: (options: readonly string[]) => Answer,
): Answer {
  if (decoded.kind !== 'query') return foreignKind(decoded.kind);
  const answer = read(decoded.params.map((pair) => pair.join('=')));
  if (!('decoded' in answer) || answer.decoded.kind !== 'query') return answer;
  return writtenText(answer.decoded.params.map((pair) => pair.join('=')).join('&'));
}
