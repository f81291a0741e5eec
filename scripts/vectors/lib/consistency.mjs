/** What a JSON Schema cannot check. Each function returns sentences; none means all is well. */
import { bytesOf, float64 } from './bytes.mjs';

/** @typedef {{ format: string, flags: Record<string, { kind: string }>, models: Record<string, any>, numberOfTests: number, groups: any[] }} Document */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param {string} hex */
function textOf(hex) {
  try {
    return decoder.decode(bytesOf(hex));
  } catch {
    return undefined;
  }
}

/** @param {any} value @param {(node: any) => void} visit */
function eachNode(value, visit) {
  if (Array.isArray(value)) for (const item of value) eachNode(item, visit);
  else if (value !== null && typeof value === 'object') {
    if (typeof value.path === 'string' && typeof value.type === 'string') visit(value);
    for (const item of Object.values(value)) eachNode(item, visit);
  }
}

/** @param {any} test @param {string[]} problems */
function checkValues(test, problems) {
  eachNode([test.decoded, test.outcomes, test.script], (node) => {
    if (node.type === 'float' && float64(Number(node.value)) !== node.bits)
      problems.push(`${node.path}: ${node.value} is not ${node.bits}`);
    if (node.utf8 !== undefined && textOf(node.utf8) !== node.value)
      problems.push(`${node.path}: utf8 and value differ`);
  });
}

/** @param {any} test @param {string[]} problems */
function checkText(test, problems) {
  for (const { payload, text } of [test, ...(test.encodings ?? [])])
    if (text !== undefined && textOf(payload) !== text) problems.push('text is not the payload');
  if (test.options && test.options.join('&') !== test.text) problems.push('options are not the payload');
}

/** An inferred rule alone may not condemn an input, unless a flag says that the input is broken or the text unclear. */
const MAY_CONDEMN = new Set(['ambiguous-spec', 'malformed', 'limit']);

/** @param {any} test @param {Document} document @param {string[]} problems */
function checkJustice(test, document, problems) {
  if (test.result !== 'invalid') return;
  const inferred = test.spec.every((/** @type {any} */ s) => s.level === 'inferred');
  if (!inferred) return;
  if (test.evidence?.status === 'internal')
    problems.push('invalid by an inferred rule and without a witness: make it acceptable');
  if (!test.flags.some((/** @type {string} */ flag) => MAY_CONDEMN.has(document.flags[flag]?.kind ?? '')))
    problems.push('invalid by an inferred rule, but no flag of kind ambiguous-spec, malformed or limit');
}

/** @param {Document} document @returns {string[]} */
export function inconsistencies(document) {
  /** @type {string[]} */
  const found = [];
  const ids = new Set();
  const names = new Set();
  const used = new Set();
  const tests = document.groups.flatMap((group) =>
    group.tests.map((/** @type {any} */ test) => ({ test, context: { ...group.context, ...test.context } })),
  );
  for (const { test, context } of tests) {
    /** @type {string[]} */
    const problems = [];
    if (ids.has(test.tcId)) problems.push(`tcId ${test.tcId} twice`);
    if (names.has(test.name)) problems.push('name twice');
    ids.add(test.tcId);
    names.add(test.name);
    for (const flag of test.flags) {
      used.add(flag);
      if (!document.flags[flag]) problems.push(`flag ${flag} is not declared`);
    }
    if (context.model !== undefined && !document.models[context.model])
      problems.push(`model ${context.model} is not in the file`);
    checkText(test, problems);
    checkValues(test, problems);
    checkJustice(test, document, problems);
    found.push(...problems.map((problem) => `${document.format}/${test.name}: ${problem}`));
  }
  for (const { test } of tests)
    if (test.erratum?.pair && !names.has(test.erratum.pair))
      found.push(`${document.format}/${test.name}: no vector named ${test.erratum.pair}`);
  for (const flag of Object.keys(document.flags))
    if (!used.has(flag)) found.push(`${document.format}: flag ${flag} is not used`);
  const groups = document.groups.map(({ id }) => id);
  for (const id of new Set(groups.filter((id, i) => groups.indexOf(id) !== i)))
    found.push(`${document.format}: group ${id} twice`);
  if (document.numberOfTests !== tests.length) found.push(`${document.format}: numberOfTests`);
  return found;
}

/** A node without what the formats cannot carry alike (widths, utf8 copy). @param {any} node */
const bare = ({ path, type, value, bits, time, prefix }) =>
  JSON.stringify([prefix ?? '', path, type, bits ?? value ?? null, time ?? null]);

/** Vectors of one equivalence id carry the same nodes in every format. @param {Document[]} documents @returns {string[]} */
export function unequalEquivalents(documents) {
  /** @type {Map<string, { where: string, content: string }[]>} */
  const sets = new Map();
  for (const document of documents)
    for (const group of document.groups)
      for (const test of group.tests) {
        if (test.equivalent === undefined) continue;
        const content = (test.decoded?.nodes ?? []).map(bare).sort().join('\n');
        const set = sets.get(test.equivalent) ?? [];
        set.push({ where: `${document.format}/${test.name}`, content });
        sets.set(test.equivalent, set);
      }
  return [...sets].flatMap(([id, members]) =>
    members
      .filter(({ content }) => content !== members[0]?.content)
      .map(({ where }) => `equivalent ${id}: ${where} differs from ${members[0]?.where}`),
  );
}
