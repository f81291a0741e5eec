import { byReason, type Reason } from './by-reason.js';
import { evidenceOf, resultName, VERDICTS, type CaseResult, type Results } from './results.js';

/**
 * Markdown summary of a run: totals, then every case that is no plain pass, with what was expected and where the evidence is;
 * last what was not begun, by reason.
 */
export function formatMarkdown(results: Results): string {
  const { run, suts, suite } = results;
  const lines = [
    `# LwM2M ${run.enabler} · ${run.bench} bench`,
    '',
    suts.map(({ party, name, version }) => `**${party}**: ${[name, version].filter(Boolean).join(' ')}`).join(' · '),
    '',
    `${run.started} · ${run.transport} · ${run.timing} · seed ${run.seed} · lwm2m-conformance ${suite.version}${run.interrupted ? ' · **interrupted**' : ''}`,
    '',
    '| Verdict | Cases |',
    '|---|---|',
    ...VERDICTS.filter((verdict) => results.totals[verdict] > 0).map(
      (verdict) => `| ${verdict} | ${results.totals[verdict]} |`,
    ),
    '',
    ...results.cases.filter((result) => result.verdict !== 'pass' && !isUnbegun(result)).flatMap(describe),
    ...describeReasons('Not run', [
      ...results.cases.filter((result) => isUnbegun(result) && result.verdict === 'not-run'),
      ...results.notRun,
    ]),
    ...describeReasons(
      'Not applicable',
      results.cases.filter((result) => isUnbegun(result) && result.verdict === 'not-applicable'),
    ),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** It was known before that the case would not run: it has no record. */
const isUnbegun = ({ verdict, journal }: CaseResult): boolean =>
  journal === undefined && (verdict === 'not-applicable' || verdict === 'not-run');

function describeReasons(title: string, cases: Parameters<typeof byReason>[0]): string[] {
  if (cases.length === 0) return [];
  const line = ({ reason, count, names }: Reason): string => `- ${count}: ${reason}. ${names.join(', ')}`;
  return [`## ${title}: ${cases.length}`, '', ...byReason(cases).map(line), ''];
}

function describe(result: CaseResult): string[] {
  const rows = result.checks
    .filter(({ outcome }) => outcome !== 'met')
    .map(
      ({ id, by, outcome, req, expected, actual, why }) =>
        `| ${id} | ${by} | ${outcome} | ${req} | ${cell(expected)} | ${cell(actual)} | ${cell(why)} |`,
    );
  return [
    `## ${result.verdict}: ${resultName(result)}`,
    '',
    `${result.title}${result.ets ? ` (${result.ets})` : ''}.${result.reason ? ` ${cell(result.reason)}` : ''}`,
    ...(result.baseline ? ['', `Known: ${result.baseline.reason}`] : []),
    '',
    ...(rows.length > 0
      ? [
          '| Check | By | Outcome | Requirement | Expected | Actual | Why |',
          '|---|---|---|---|---|---|---|',
          ...rows,
          '',
        ]
      : []),
    ...(result.journal
      ? [
          `Evidence: ${evidenceOf(result)
            .map((path) => `\`${path}\``)
            .join(', ')}`,
          '',
        ]
      : []),
  ];
}

const cell = (text: string | undefined): string => (text ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ');
