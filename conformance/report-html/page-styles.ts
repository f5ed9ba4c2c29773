/** What only pages of the conformance suite have. */
export const pageStyles = `
.verdict { display: flex; gap: .8rem; align-items: center; border: 2px solid currentColor; border-radius: .6rem; padding: .9rem 1.1rem; margin: 1rem 0; max-width: none; }
.verdict .sign { font-size: 2.4rem; line-height: 1; font-weight: 700; }
.verdict strong { display: block; font-size: 1.5rem; line-height: 1.25; }
.verdict .sentence { color: var(--ink); font-weight: 400; overflow-wrap: anywhere; }
.verdict.quiet { border-color: var(--rule); }
.facts { display: grid; grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr); gap: .2rem 1rem; margin: .5rem 0; font-size: .9rem; }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.bar { display: flex; height: .7rem; min-width: 8rem; border-radius: .2rem; overflow: hidden; background: var(--rule); gap: 1px; }
.bar i { background: var(--rule); } .bar .good { background: var(--good); } .bar .bad { background: var(--bad); } .bar .warn { background: var(--warn); }
.verdict-sign { white-space: nowrap; }
.scenarios { border-top: 1px solid var(--rule); }
.scenario { margin: 0; border-bottom: 1px solid var(--rule); content-visibility: auto; contain-intrinsic-size: auto 2.2rem; }
.scenario > summary { display: grid; grid-template-columns: 8.5rem 3rem minmax(0, 1fr) auto; gap: 0 .75rem; align-items: baseline; padding: .35rem .25rem; list-style: none; font-size: .9rem; }
.scenario > summary::-webkit-details-marker { display: none; }
.scenario > summary:hover { background: var(--panel); }
.scenario > summary .id { font-weight: 600; overflow-wrap: anywhere; }
.scenario > summary .for { text-align: right; font-size: .8rem; }
.scenario[open] > summary { background: var(--panel); }
.scenario .body { padding: .25rem .25rem 1.25rem; }
.finding { border-left: 3px solid var(--rule); padding: .1rem 0 .1rem .75rem; margin: .6rem 0; }
.finding.bad { border-color: var(--bad); color: inherit; font-weight: 400; } .finding.warn { border-color: var(--warn); color: inherit; }
.finding h3 { margin: 0; font-size: .95rem; font-weight: 400; } .finding.bad h3, .finding.warn h3 { font-weight: 600; }
.scenario .part { margin: 1rem 0 .25rem; font-size: .9rem; font-weight: 600; color: var(--quiet); }
.scenario .sequence > p { font-size: .85rem; max-width: none; margin: .25rem 0 .5rem; }
th.number { font-family: inherit; } thead td { background: var(--panel); }
.finding .facts dd { white-space: pre-wrap; } .finding .expected, .finding .seen { font: .8rem/1.6 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.finding summary { font-size: .85rem; color: var(--quiet); }
.level { font-size: .75rem; font-weight: 600; color: var(--quiet); border: 1px solid var(--rule); border-radius: .2rem; padding: 0 .3rem; }
.prose { white-space: pre-wrap; font-size: .9rem; }
.matrix td, .matrix th { text-align: center; } .matrix td:nth-child(-n+2), .matrix th:nth-child(-n+2) { text-align: left; }
.matrix tbody th { background: none; font-weight: 400; padding: .35rem .6rem; white-space: normal; text-align: left; min-width: 12rem; }
.matrix thead th { padding: .35rem .6rem; white-space: normal; vertical-align: bottom; }
.matrix td:first-child { white-space: nowrap; position: sticky; left: 0; background: var(--page); }
.matrix td .words { font-size: .75rem; }
  .matrix thead span { white-space: nowrap; }
.matrix td.bad { background: color-mix(in srgb, var(--bad) 9%, transparent); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
.cards article { border: 1px solid var(--rule); border-radius: .5rem; padding: .75rem 1rem; }
.cards .verdict { border: 0; padding: .25rem 0; margin: .25rem 0; align-items: flex-start; } .cards .verdict .sign { font-size: 1.6rem; } .cards .verdict strong { font-size: 1.2rem; } .cards .sentence, .cards p { font-size: .9rem; }
.cards h3 { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .matrix thead { display: none; } .matrix tbody tr:not([hidden]) { display: flex; flex-wrap: wrap; align-items: baseline; border-bottom: 1px solid var(--rule); padding: .3rem 0; }
  .matrix tbody td, .matrix tbody th { border: 0; padding: .1rem .4rem; } .matrix tbody th { flex: 1 0 60%; } .matrix tbody td:not(:first-child) { flex: 0 0 100%; text-align: left; }
  .matrix td[data-name]::before { content: attr(data-name) " "; color: var(--quiet); font-weight: 400; }
  .profiles td:nth-child(2) { display: none; }
  .scenario > summary { grid-template-columns: minmax(0, 1fr) auto; }
  .scenario > summary .what { grid-column: 1 / -1; order: 3; } .scenario > summary .for { grid-column: 1 / -1; order: 4; text-align: left; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: .4rem; }
}
@media print { .scenario { break-inside: avoid; content-visibility: visible; } .scenario[data-verdict=passed]:not([open]) .body { display: none; } }
`;
