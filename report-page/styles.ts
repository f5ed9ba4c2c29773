/** Colours of the lines of charts, and of everything else: one set for light and one for dark. */
export const lightColours = `
  --page: #ffffff; --panel: #f5f6f8; --ink: #1b1f24; --quiet: #4f5863; --rule: #d5dae0;
  --link: #0b5cad; --good: #17692f; --bad: #a8121e; --warn: #7a4b00;
  --series-1: #0b5cad; --series-2: #b4420a; --series-3: #17773a; --series-4: #7a2fc0;
  --series-5: #b3124a; --series-6: #0d6e86; --series-7: #6b5b00; --series-8: #3d4a5c;
  --series-9: #b02f96; --baseline-1: #6a737d; --baseline-2: #8a6d3b;`;
export const darkColours = `
  --page: #14171b; --panel: #1e2329; --ink: #e8ebef; --quiet: #aab4bf; --rule: #39414a;
  --link: #7cbcff; --good: #6fd28b; --bad: #ff8a8a; --warn: #f0bd62;
  --series-1: #6cb2ff; --series-2: #ff9d5c; --series-3: #5fd38d; --series-4: #c9a0ff;
  --series-5: #ff87a8; --series-6: #5cd0e0; --series-7: #e0cf4e; --series-8: #b6c2d1;
  --series-9: #f08be0; --baseline-1: #9aa4ae; --baseline-2: #cdb27c;`;

/** The style sheet of every report. */
export const styles = `
:root { color-scheme: light dark; ${lightColours} }
@media (prefers-color-scheme: dark) { :root { ${darkColours} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header, main, footer { max-width: 80rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; scroll-margin-top: 1rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p { margin: .5rem 0; max-width: 48rem; }
a { color: var(--link); }
code, pre, .number { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.quiet { color: var(--quiet); }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.bad, .good { font-weight: 600; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; margin: 1rem 0 0; }
.scroll { overflow-x: auto; margin: .5rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--rule); }
th { background: var(--panel); white-space: nowrap; padding: 0; }
th > button, th > span { display: block; width: 100%; padding: .35rem .6rem; font: inherit; font-weight: 600;
  color: inherit; background: none; border: 0; text-align: inherit; }
th > button { cursor: pointer; }
th > button::after { content: " ↕"; color: var(--quiet); }
th[aria-sort=ascending] > button::after { content: " ↑"; }
th[aria-sort=descending] > button::after { content: " ↓"; }
td.number, th.number { text-align: right; white-space: nowrap; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
figure { margin: 1rem 0; max-width: 46rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); gap: 1rem 2rem; }
.charts figure { margin: 0; }
figcaption { font-weight: 600; }
figure svg { display: block; width: 100%; height: auto; }
figure .narrow { display: none; }
.control { font-size: .7em; font-weight: 600; color: var(--quiet); border: 1px solid var(--rule); border-radius: .2em; padding: 0 .2em; margin: 0 .1em; }
.list { padding-left: 1.2rem; margin: .5rem 0; } .list li { margin: .15rem 0; }
details { margin: .5rem 0; } summary { cursor: pointer; }
pre { background: var(--panel); padding: .75rem; overflow: auto; max-height: 24rem; font-size: .8rem; margin: .5rem 0; }
button.plain { font: inherit; padding: .3rem .8rem; color: var(--ink); background: var(--panel);
  border: 1px solid var(--rule); border-radius: .3rem; cursor: pointer; }
footer { padding: 2rem 1rem; color: var(--quiet); font-size: .875rem; }
@media (max-width: 40rem) {
  body { font-size: 15px; }
  table { font-size: .8rem; } td, th > button, th > span { padding: .3rem .4rem; }
  figure .wide { display: none; } figure .narrow { display: block; }
}
@media print {
  :root { color-scheme: light; ${lightColours} }
  nav, button.plain, .screen-only { display: none; }
  .scroll { overflow: visible; } table { font-size: .7rem; }
  figure, tr { break-inside: avoid; } h2 { break-after: avoid; }
  th > button::after { content: ""; }
}
`;
