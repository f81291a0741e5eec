/** What each verdict looks like: a glyph and a word, so that colour is never alone; the class names its colours. */
export const LOOK = {
  pass: { glyph: '✓', word: 'pass' },
  warn: { glyph: '!', word: 'pass with remark' },
  fail: { glyph: '✗', word: 'fail' },
  inconclusive: { glyph: '?', word: 'inconclusive' },
  error: { glyph: '⚠', word: 'error of ours' },
  'not-run': { glyph: '∅', word: 'adapter cannot' },
  'not-applicable': { glyph: '–', word: 'not claimed' },
} as const;

/** The style sheet of the page: light and dark by what the reader prefers, no file beside it. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1b2129; --soft: #56606d; --line: #d5dae1; --link: #0b57b0;
  --pass: #17692f; --pass-ground: #dff3e4; --warn: #7a4b00; --warn-ground: #fdeecd;
  --fail: #a3141f; --fail-ground: #fde1e1; --open: #6b2f8f; --open-ground: #f0e3f7;
  --none: #525c69; --none-ground: #e8ebef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161b; --card: #1a2028; --text: #e5e9ee; --soft: #a3adb9; --line: #36404c; --link: #8ab8ff;
    --pass: #8fdca4; --pass-ground: #15331f; --warn: #f3c878; --warn-ground: #3a2c0d;
    --fail: #ffa3a3; --fail-ground: #451a1d; --open: #d9b0f0; --open-ground: #35213f;
    --none: #b3bdc8; --none-ground: #29313b;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 90rem; background: var(--page); color: var(--text);
  font: 1rem/1.45 system-ui, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; } h2 { margin: 0; font-size: 1.25rem; } h3 { font-size: 1rem; }
p { margin: .25rem 0; } a { color: var(--link); } .soft { color: var(--soft); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem; }
.legend { display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; margin: 1rem 0; list-style: none; } .legend .chip { white-space: normal; }
.chip { display: inline-flex; gap: .35em; align-items: baseline; padding: .05rem .5rem; border-radius: 1rem; font-size: .875rem;
  white-space: nowrap; color: var(--none); background: var(--none-ground); }
.chip.pass { color: var(--pass); background: var(--pass-ground); } .chip.warn { color: var(--warn); background: var(--warn-ground); }
.chip.fail { color: var(--fail); background: var(--fail-ground); }
.chip.inconclusive, .chip.error { color: var(--open); background: var(--open-ground); }
.chip.unsupported { background: var(--card); border: 1px dashed var(--none); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; background: var(--card); } th, td { border: 1px solid var(--line); padding: .6rem; text-align: left; vertical-align: top; }
.matrix { width: 100%; } .matrix > tbody > tr > th { position: sticky; left: 0; background: var(--card); }
.matrix td { min-width: 15rem; border-left: .4rem solid var(--none); }
.matrix td.pass { border-left-color: var(--pass); } .matrix td.warn { border-left-color: var(--warn); }
.matrix td.fail { border-left-color: var(--fail); } .matrix td.open { border-left-color: var(--open); }
.party { margin: 0 0 .6rem; } .party b { display: block; } .chips { display: flex; flex-wrap: wrap; gap: .3rem; }
.bar { display: flex; height: .5rem; margin: .2rem 0 .35rem; overflow: hidden; border-radius: .25rem; background: var(--none-ground); }
.bar i { background: var(--none); } .bar .pass { background: var(--pass); } .bar .warn { background: var(--warn); }
.bar .fail { background: var(--fail); } .bar .inconclusive, .bar .error { background: var(--open); }
.links { display: flex; flex-wrap: wrap; gap: .2rem .8rem; font-size: .875rem; }
.reason { padding: .5rem .7rem; margin: .4rem 0; border-left: .3rem solid var(--open); background: var(--open-ground); color: var(--text); overflow-wrap: anywhere; }
section.cell { margin: 1.5rem 0; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
section.cell:target { border-color: var(--link); box-shadow: 0 0 0 2px var(--link); }
details { margin: .5rem 0; } summary { cursor: pointer; padding: .2rem 0; font-weight: 600; }
details table { width: 100%; font-size: .9rem; } details td { overflow-wrap: anywhere; } details td.name { min-width: 12rem; }
.results { margin: .3rem 0; padding-left: 1.3rem; } code { font-size: .95em; overflow-wrap: anywhere; }
@media print { .skip { display: none; } body { background: none; } }
`;
