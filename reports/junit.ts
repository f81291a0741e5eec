import junit, { type Builder, type TestCase } from 'junit-report-builder';
import { resultName, type CaseResult, type Results } from './results.js';

/** The library is CommonJS; its types describe an ES module, one `default` deeper. */
const library = junit as unknown as Builder;

/** `extended` carries properties; `strict` holds to the schema of the Jenkins xUnit plugin. */
export type Dialect = 'extended' | 'strict';

/** JUnit XML of a run: a suite per interface, a test case per result. */
export function formatJunit(results: Results, dialect: Dialect = 'extended'): string {
  const report = library.newBuilder();
  for (const [name, cases] of suitesOf(results)) {
    const suite = report
      .testSuite()
      .name(`lwm2m.${results.run.bench}.${name}`)
      .time(secondsOf(cases))
      .timestamp(results.run.started);
    for (const [key, value] of suiteProperties(results)) suite.property(key, visible(value));
    for (const result of cases) addCase(suite.testCase(), result, `lwm2m.${results.run.bench}.${name}`, dialect);
  }
  return withReasons(report.build(), results, dialect);
}

const secondsOf = (cases: readonly CaseResult[]): number =>
  cases.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;

function suitesOf(results: Results): ReadonlyMap<string, readonly CaseResult[]> {
  const suites = new Map<string, CaseResult[]>();
  for (const result of results.cases) {
    const name = result.id.split('.')[0] ?? 'other';
    suites.set(name, [...(suites.get(name) ?? []), result]);
  }
  return suites;
}

const suiteProperties = ({ suite, run, suts, statement }: Results): readonly (readonly [string, string])[] => [
  ['suite.version', suite.version],
  ['run.id', run.id],
  ['enabler', run.enabler],
  ['transport', run.transport],
  ['timing', run.timing],
  ['seed', String(run.seed)],
  ['statement', statement.source],
  ...suts.map(({ party, name, version }) => [`sut.${party}`, `${name} ${version}`.trim()] as const),
];

function addCase(testCase: TestCase, result: CaseResult, className: string, dialect: Dialect): void {
  testCase
    .name(visible(`${resultName(result)}: ${result.title}`))
    .className(className)
    .time(result.durationMs / 1000);
  if (dialect === 'extended')
    for (const [name, value] of caseProperties(result)) testCase.property(name, visible(value));
  const reason = visible(result.reason ?? result.verdict);
  if (isSkipped(result)) testCase.skipped();
  else if (result.verdict === 'fail') testCase.failure(reason, 'fail');
  else if (result.verdict === 'inconclusive') testCase.error(reason, 'inconclusive');
  else if (result.verdict === 'error') testCase.error(reason, 'harness');
  testCase.standardOutput(visible(report(result)));
  if (result.journal !== undefined) testCase.errorAttachment(result.journal);
}

const caseProperties = (result: CaseResult): readonly (readonly [string, string])[] => [
  ['verdict', result.verdict],
  ...(result.ets === undefined ? [] : [['ets', result.ets] as const]),
  ...Object.entries(result.parties).map(([party, verdict]) => [`verdict.${party}`, verdict] as const),
  ...(result.baseline ? [['baseline', result.baseline.reason] as const] : []),
  ...result.remarks.map((remark) => ['remark', remark] as const),
];

/** A result that its baseline expects does not break a build. */
const isSkipped = ({ verdict, baseline }: CaseResult): boolean =>
  verdict === 'not-applicable' || verdict === 'not-run' || baseline !== undefined;

function report(result: CaseResult): string {
  const checks = result.checks.map(
    ({ id, by, level, outcome, req, expected, actual, why }) =>
      `${outcome.padEnd(12)} ${id} ${by} ${level} ${req}${outcome === 'met' ? '' : `: expected ${expected ?? '-'}, got ${actual ?? '-'}`}${why ? ` (${why})` : ''}`,
  );
  return [result.reason === undefined ? result.verdict : `${result.verdict}: ${result.reason}`, ...checks].join('\n');
}

/** Control characters and lone surrogates, which XML cannot hold, as `\u{1b}`. */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu,
    (c) => `\\u{${c.codePointAt(0)?.toString(16) ?? ''}}`,
  );
}

/** What the library cannot write: the reason of a skip. And one attribute that the strict schema does not know. */
function withReasons(xml: string, results: Results, dialect: Dialect): string {
  const rewritten = withSkipReasons(xml, [...suitesOf(results).values()].flat().filter(isSkipped).map(skipReason));
  return dialect === 'strict' ? rewritten.replace(/(<testsuites[^>]*?) skipped="\d+"/, '$1') : rewritten;
}

/** Gives each `<skipped/>` its reason, in their order. */
export function withSkipReasons(xml: string, reasons: readonly string[]): string {
  let next = 0;
  return outsideCdata(xml, (markup) =>
    markup.replaceAll('<skipped/>', () => `<skipped message="${attribute(reasons[next++] ?? '')}"/>`),
  );
}

/** Payload text stands in CDATA sections and may look like markup. */
const outsideCdata = (xml: string, rewrite: (markup: string) => string): string =>
  xml
    .split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
    .map((part) => (part.startsWith('<![CDATA[') ? part : rewrite(part)))
    .join('');

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;');

const skipReason = (result: CaseResult): string =>
  visible(
    result.baseline ? `known: ${result.baseline.reason}` : `${result.verdict}: ${result.reason ?? 'no reason given'}`,
  );
