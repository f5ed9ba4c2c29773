import { htmlText } from '../../report-page/html-text.ts';
import { type Cell, tableHtml } from '../../report-page/sortable-table.ts';
import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type ProfileRow, profileColumns, profileRowsFrom } from '../report/profile-table.ts';
import { commandText, startFailureText } from '../report/start-failure-text.ts';
import { verdictSentence } from '../report/verdict-sentence.ts';
import { reportVerdictWords, verdictsFromWorst, verdictWords } from './verdict-words.ts';

/** The verdict, large, with the sentence that says how far it goes. */
export function verdictBannerHtml(report: ConformanceReport): string {
  const { sign, words, tone } = reportVerdictWords[report.verdict];
  const failure = report.startFailure;
  const start =
    failure === undefined
      ? ''
      : `<pre tabindex="0" role="group" aria-label="How it failed to start">${htmlText(startFailureText(failure))}</pre>`;
  return `<p class="verdict ${tone}"><span class="sign" aria-hidden="true">${sign}</span><span><strong>${words}</strong><span class="sentence">${htmlText(verdictSentence(report))}</span></span></p>${start}`;
}

/** Requirements by profile: numbers, and a bar that shows them. */
export function profilesHtml(report: ConformanceReport, catalogue: Catalogue): string {
  const rows = profileRowsFrom(report, catalogue);
  const headings = ['profile', '', ...profileColumns.map(([, title]) => title)].map((title, at) =>
    at === 1
      ? '<td></td>'
      : `<th scope="col"${at > 1 ? ' class="number"' : ''}><span>${title}</span></th>`,
  );
  const body = rows.map(({ profile, counts }) => {
    const numbers = profileColumns.map(([verdict]) => {
      const count = counts[verdict];
      const { tone } = verdictWords[verdict];
      return `<td class="number ${count === 0 ? 'quiet' : tone}">${count}</td>`;
    });
    return `<tr><th scope="row"><span>${htmlText(profile)}</span></th><td>${barHtml(counts)}</td>${numbers.join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="group" aria-label="Requirements by profile"><table class="profiles" aria-label="Requirements by profile"><thead><tr>${headings.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

function barHtml(counts: ProfileRow['counts']): string {
  const parts = verdictsFromWorst
    .filter((verdict) => counts[verdict] > 0)
    .map(
      (verdict) => `<i class="${verdictWords[verdict].tone}" style="flex:${counts[verdict]}"></i>`,
    );
  return `<div class="bar" aria-hidden="true">${parts.join('')}</div>`;
}

/** Every requirement with its verdict; its id leads to its scenarios. */
export function requirementsHtml(report: ConformanceReport, catalogue: Catalogue): string {
  const columns = [
    { title: 'requirement' },
    { title: 'level' },
    { title: 'verdict' },
    { title: 'what it asks for' },
    { title: 'profile' },
    { title: 'scenarios', isNumber: true },
  ];
  const rows = report.requirements.map(({ id, level, verdict, scenarios, reason }): Cell[] => {
    const { sign, words, tone } = verdictWords[verdict];
    const requirement = catalogue.find(id);
    const why = reason === undefined ? '' : `: ${reason}`;
    return [
      { text: id, ...(scenarios.length > 0 && { link: `#find=${id}` }) },
      { text: level, tone: 'quiet' },
      { text: `${sign} ${words}${why}`, tone },
      { text: requirement?.title ?? '' },
      { text: requirement?.profile ?? '', tone: 'quiet' },
      { text: String(scenarios.length), value: scenarios.length },
    ];
  });
  return tableHtml({ caption: 'Requirements', columns, rows });
}

/** What was run, on what, when, and by which suite. */
export function runHtml(report: ConformanceReport): string {
  const { subject, suite, catalogue, machine, seed, startedAt, selection, via } = report;
  const { only, skip, repeat, complete } = selection;
  const capabilities = report.capabilities.join(', ');
  const narrowed = [
    ...(only.length === 0 ? [] : [`only ${only.join(', ')}`]),
    ...(skip.length === 0 ? [] : [`without ${skip.join(', ')}`]),
    ...(repeat === 1 ? [] : [`${repeat} attempts each`]),
    complete ? 'complete' : 'a part of the suite',
  ];
  const rows: [string, string][] = [
    ['subject', [subject.name, subject.version ?? ''].join(' ').trim()],
    ['command', commandText(subject.command)],
    ...(subject.sha256 === undefined
      ? []
      : ([['its sha256', subject.sha256]] as [string, string][])),
    ...(via === undefined
      ? []
      : ([['reached through', `the ${via} adapter`]] as [string, string][])),
    ['declares', capabilities === '' ? 'nothing' : capabilities],
    [
      'selection',
      `${selection.profiles.join(', ')} on ${selection.transports.join(', ')}; ${narrowed.join('; ')}`,
    ],
    ['seed', `${seed}, time scale ${report.timeScale}`],
    ['time', `${utc(startedAt)}, ${(report.durationMs / 1000).toFixed(0)} s`],
    [
      'machine',
      `${machine.os} ${machine.release} ${machine.arch}, ${machine.cpu}, ${machine.cores} cores, ${Math.round(machine.memoryBytes / 2 ** 30)} GiB, Node ${machine.node}`,
    ],
    ['suite', `${suite.name} ${suite.version}`],
    ['catalogue', `version ${catalogue.version}, sha256 ${catalogue.sha256}`],
    ...Object.entries(report.facts ?? {}).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
  ];
  const items = rows.map(([name, text]) => `<dt>${htmlText(name)}</dt><dd>${htmlText(text)}</dd>`);
  return `<dl class="facts">${items.join('\n')}</dl>`;
}

/** A moment for people: `2026-01-05 09:30 UTC`. */
export function utc(moment: string): string {
  return `${moment.slice(0, 16).replace('T', ' ')} UTC`;
}
