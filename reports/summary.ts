import { evidenceOf, resultName, VERDICTS, type CaseResult, type Results } from './results.js';

/** Markdown summary of a run: totals, then every case that is no plain pass, with what was expected and where the evidence is. */
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
    ...results.cases.filter((result) => result.verdict !== 'pass').flatMap(describe),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
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
