import { hrefOf, Html, html } from './matrix-html.js';
import { LOOK, STYLE } from './matrix-style.js';
import { cellAt, groupsOf, sortedResults, type Counts, type Group, type Matrix, type MatrixCell } from './matrix.js';
import { resultName, VERDICTS, type CaseResult, type PartyName, type Verdict } from './results.js';

/**
 * The matrix as one HTML page: no script, no other file needed to read it. It links to the evidence by relative path, so it
 * stands beside matrix.json and the folders of the cells.
 */
export function formatMatrixPage(matrix: Matrix): string {
  const { run, suite, cells } = matrix;
  const about = `LwM2M ${run.enabler} · ${run.started} · ${run.timing} timing · seed ${run.seed} · lwm2m-conformance ${suite.version}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <title>LwM2M ${run.enabler} interoperability matrix</title>
        <link rel="icon" href="data:," />
        <style>
          ${STYLE_SHEET}
        </style>
      </head>
      <body>
        <a class="skip" href="#cells">Skip to the details</a>
        <header>
          <h1>LwM2M interoperability matrix</h1>
          <p class="soft">
            ${about}${run.interrupted ? html` · <strong>interrupted</strong>` : undefined} ·
            <a href="matrix.json">matrix.json</a> · <a href="matrix.md">matrix.md</a>
          </p>
          ${legend()}
        </header>
        <main>
          ${table(matrix)}
          <div id="cells" tabindex="-1">${cells.map(section)}</div>
        </main>
      </body>
    </html> `;
  return page.markup;
}

/** Nothing in it comes from outside. */
const STYLE_SHEET = new Html(STYLE);

const legend = (): Html =>
  html`<ul class="legend" aria-label="What the marks mean">
    <li>${chip('pass', LOOK.pass.glyph, LOOK.pass.word)}</li>
    <li>${chip('warn', LOOK.warn.glyph, LOOK.warn.word)}</li>
    <li>${chip('fail', LOOK.fail.glyph, LOOK.fail.word)}</li>
    <li>${chip('inconclusive', LOOK.inconclusive.glyph, 'inconclusive: nobody is blamed')}</li>
    <li>${chip('error', LOOK.error.glyph, LOOK.error.word)}</li>
    <li>
      ${chip('unsupported', LOOK['not-applicable'].glyph, 'unsupported: not claimed, declined, or the adapter cannot do it; no failure')}
    </li>
    <li>${chip('known', 'n', 'known: failures that have a reason in the details')}</li>
  </ul>`;

const chip = (kind: string, mark: string | number, words: string): Html =>
  html`<span class="chip ${kind}"><b>${mark}</b> ${words}</span>`;

const table = (matrix: Matrix): Html =>
  html`<p class="soft" id="about">Clients by row, servers by column. Each party has a verdict of its own.</p>
    <div class="scroll" role="region" aria-label="The matrix" tabindex="0">
      <table class="matrix" aria-describedby="about">
        <thead>
          <tr>
            <th scope="col">client \\ server</th>
            ${matrix.servers.map((server) => html`<th scope="col">${server}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${matrix.clients.map(
            (client) =>
              html` <tr>
                <th scope="row">${client}</th>
                ${matrix.servers.map((server) => tableCell(cellAt(matrix, client, server)))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;

function tableCell(cell: MatrixCell | undefined): Html {
  if (!cell) return html`<td>not run</td>`;
  const unsupported = sortedResults(cell).unsupported.length;
  const known = cell.results.filter(({ baseline }) => baseline !== undefined).length;
  return html`<td class="${stateOf(cell)}">
    ${cell.reason === undefined ? undefined : html`<p class="reason">${cell.reason}</p>`}
    ${
      cell.results.length === 0
        ? undefined
        : html`${party(cell, 'client')}${party(cell, 'server')}
            <p class="chips">
              ${unsupported === 0 ? undefined : chip('unsupported', unsupported, 'unsupported')}${known === 0 ? undefined : chip('known', known, 'known')}${cell.notRun.length === 0 ? undefined : chip('unsupported', cell.notRun.length, 'not begun')}
            </p>`
    }
    <p class="links">
      <a href="#${anchorOf(cell)}" aria-label="Details of ${cell.client} against ${cell.server}">details</a
      >${evidence(cell)}
    </p>
  </td>`;
}

/** The worst of a cell, as its colour. */
function stateOf(cell: MatrixCell): string {
  const { failed, undecided, remarked, passed } = sortedResults(cell);
  if (failed.length > 0) return 'fail';
  if (undecided.length > 0 || cell.reason !== undefined) return 'open';
  return remarked.length > 0 ? 'warn' : passed.length > 0 ? 'pass' : 'none';
}

function party({ parties }: MatrixCell, name: PartyName): Html {
  const counts = parties[name];
  if (!counts) return html`<p class="party soft"><b>${name}</b> ours, not judged</p>`;
  const shown = VERDICTS.filter((verdict) => counts[verdict] > 0);
  return html`<div class="party">
    <b>${name}</b>
    <div class="bar" aria-hidden="true">
      ${shown.map((verdict) => html`<i class="${verdict}" style="flex-grow: ${counts[verdict]}"></i>`)}
    </div>
    <div class="chips">${shown.length === 0 ? 'nothing judged' : shown.map((verdict) => count(verdict, counts))}</div>
  </div>`;
}

const count = (verdict: Verdict, counts: Counts): Html =>
  chip(verdict, `${LOOK[verdict].glyph} ${counts[verdict]}`, LOOK[verdict].word);

const evidence = ({ evidence, folder, client, server }: MatrixCell): readonly Html[] =>
  evidence.map(
    (file) =>
      html`<a href="${hrefOf(`${folder}/${file}`)}" aria-label="${file} of ${client} against ${server}">${file}</a>`,
  );

const anchorOf = ({ folder }: MatrixCell): string => folder.replaceAll('/', '-');

function section(cell: MatrixCell): Html {
  const { failed, undecided, remarked, passed, unsupported } = sortedResults(cell);
  const who = cell.suts.map(({ party, name, version }) => `${party}: ${`${name} ${version}`.trim()}`).join(' · ');
  return html`<section class="cell" id="${anchorOf(cell)}" aria-labelledby="${anchorOf(cell)}-title">
    <h2 id="${anchorOf(cell)}-title">${cell.client} <span class="soft">against</span> ${cell.server}</h2>
    <p class="soft">${cell.bench} bench · judged: ${cell.judged.join(', ')}${who === '' ? '' : ` · ${who}`}</p>
    ${cell.reason === undefined ? undefined : html`<p class="reason">${cell.reason}</p>`}
    <p class="links">${evidence(cell)}</p>
    ${cases('Failed', failed, 'open')} ${cases('Inconclusive, and errors of ours', undecided, 'open')}
    ${cases('Passed with a remark', remarked)}
    ${groups('Unsupported: not claimed, declined, or the adapter cannot do it', groupsOf(unsupported))}
    ${cases('Passed', passed)} ${groups('Not begun', groupsOf(cell.notRun))}
    ${groups('Not of this bench or version: they say nothing of the two', cell.beyond)}
    <p><a href="#">back to the matrix</a></p>
  </section> `;
}

function cases(title: string, results: readonly CaseResult[], open?: 'open'): Html | undefined {
  if (results.length === 0) return undefined;
  return html`<details${open === 'open' ? html` open` : undefined}>
<summary>${title} (${results.length})</summary>
<table>
<thead><tr><th scope="col">Case</th><th scope="col">Verdicts</th><th scope="col">Why</th><th scope="col">Evidence</th></tr></thead>
<tbody>${results.map(row)}
</tbody></table>
</details>`;
}

const row = (result: CaseResult): Html =>
  html` <tr>
    <td class="name"><code>${resultName(result)}</code><br />${result.title}</td>
    <td><div class="chips">${verdictsOf(result)}</div></td>
    <td>${result.reason ?? ''}${result.baseline ? html` <em>Known: ${result.baseline.reason}</em>` : undefined}</td>
    <td>
      ${result.journal === undefined ? '' : html`<a href="${hrefOf(result.journal)}" aria-label="journal of ${resultName(result)}">journal</a>`}
    </td>
  </tr>`;

function verdictsOf({ parties, verdict }: CaseResult): readonly Html[] {
  const shown = PARTIES.flatMap((name) => {
    const own = parties[name];
    return own === undefined ? [] : [[`${name}: ${LOOK[own].word}`, own] as const];
  });
  const all = shown.length > 0 ? shown : [[LOOK[verdict].word, verdict] as const];
  return all.map(([words, own]) => chip(own, LOOK[own].glyph, words));
}

const PARTIES: readonly PartyName[] = ['client', 'server', 'bootstrap-server'];

function groups(title: string, found: readonly Group[]): Html | undefined {
  const total = found.reduce((sum, { cases: names }) => sum + names.length, 0);
  if (total === 0) return undefined;
  return html`<details>
    <summary>${title} (${total})</summary>
    ${found.map(
      ({ reason, cases: names }) =>
        html`<h3>${reason} <span class="soft">(${names.length})</span></h3>
          <ul class="results">
            ${names.map((name) => html`<li><code>${name}</code></li>`)}
          </ul>`,
    )}
  </details>`;
}
