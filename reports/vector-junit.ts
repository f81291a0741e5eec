import junit, { type Builder, type TestCase } from 'junit-report-builder';
import { visible, withSkipReasons } from './junit.js';
import { vectorResultName, type VectorResult, type VectorResults } from './vector-results.js';

/** The library is CommonJS; its types describe an ES module, one `default` deeper. */
const library = junit as unknown as Builder;

/** JUnit XML of a testee: a suite and a class name per format, a test case per vector and direction. */
export function formatVectorJunit({ run, testee, suite, formats, results }: VectorResults): string {
  const report = library.newBuilder();
  const skips: string[] = [];
  for (const { format, version } of formats) {
    const own = results.filter(({ id }) => id.startsWith(`${format}/`));
    const name = `lwm2m.vectors.${format}`;
    const testSuite = report
      .testSuite()
      .name(name)
      .time(own.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000)
      .timestamp(run.started)
      .property('suite.version', suite.version)
      .property('vectors.version', version)
      .property('testee', visible([testee.name, testee.version].filter(Boolean).join(' ')));
    for (const result of own) {
      addResult(testSuite.testCase(), result, name);
      if (isSkipped(result)) skips.push(visible(skipReason(result)));
    }
  }
  return withSkipReasons(report.build(), skips);
}

/** A failure that is known does not break a build. */
const isSkipped = ({ verdict, known }: VectorResult): boolean => verdict === 'unsupported' || known !== undefined;

const skipReason = ({ known, message, verdict }: VectorResult): string =>
  known ? `known: ${known.reason}` : `${verdict}: ${message ?? ''}`;

function addResult(testCase: TestCase, result: VectorResult, className: string): void {
  const { verdict, deviation, message, comment, durationMs } = result;
  testCase
    .name(visible(`${vectorResultName(result)}: ${comment}`))
    .className(className)
    .time(durationMs / 1000);
  for (const [name, value] of propertiesOf(result)) testCase.property(name, visible(value));
  const said = visible(`${deviation ?? verdict}: ${message ?? ''}`);
  if (isSkipped(result)) testCase.skipped();
  else if (verdict === 'fail') testCase.failure(said, deviation);
  else if (verdict === 'error') testCase.error(said, deviation);
  if (deviation !== undefined) testCase.standardOutput(visible(`payload ${result.payload ?? 'none'}\n${said}`));
  if (result.log) testCase.standardError(visible(result.log));
}

const propertiesOf = (result: VectorResult): readonly (readonly [string, string])[] => [
  ['vector', result.name],
  ['group', result.group],
  ['result', result.expects],
  ['flags', result.flags.join(' ')],
  ['spec', result.spec.join('; ')],
  ...(result.outcome === undefined ? [] : [['outcome', result.outcome] as const]),
  ...(result.remark === undefined ? [] : [['remark', result.remark] as const]),
];
