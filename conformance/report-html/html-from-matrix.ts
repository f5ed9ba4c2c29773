import { filterHtml, filterScript, filterStyles } from '../../report-page/filter-bar.ts';
import { htmlText } from '../../report-page/html-text.ts';
import { pageHtml } from '../../report-page/page.ts';
import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import { suiteFromPackage } from '../../suite.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Matrix, type MatrixCell, type MatrixRow, matrixFromReports } from './matrix.ts';
import { runHtml, utc, verdictBannerHtml } from './overview-html.ts';
import { pageStyles } from './page-styles.ts';
import { reportVerdictWords, verdictWords } from './verdict-words.ts';

/** Several reports of one kind of subject as a page: a matrix of subjects and requirements. */
export function htmlFromReports(
  reports: readonly ConformanceReport[],
  catalogue: Catalogue,
): string {
  const matrix = matrixFromReports(reports, catalogue);
  const { subjects } = matrix;
  const suite = suiteFromPackage();
  const kind = reports[0]?.kind ?? 'bus';
  const names = subjects.map(({ name }) => name).join(', ');
  return pageHtml({
    title: `Conformance, side by side: ${names}`,
    lead: `<p class="quiet">${subjects.length} ${kind === 'bus' ? 'buses' : 'workers'}, judged by the same requirements</p>${catalogueWarning(reports)}`,
    sections: [
      { id: 'verdicts', title: 'Verdicts', html: cardsHtml(matrix) },
      { id: 'matrix', title: 'Requirements', html: matrixHtml(matrix) },
      { id: 'failures', title: 'What failed', html: failuresHtml(matrix) },
      { id: 'runs', title: 'What was run', html: runsHtml(matrix) },
    ],
    data: { file: 'conformance-reports.json', title: 'The reports as JSON', value: reports },
    foot: `Made by ${htmlText(suite.name)} ${htmlText(suite.version)}: <code>stdio-bus-kit conform report … --report html=FILE</code>`,
    styles: `${pageStyles}${filterStyles}`,
    script: filterScript,
  });
}

function catalogueWarning(reports: readonly ConformanceReport[]): string {
  const catalogues = new Set(reports.map(({ catalogue }) => catalogue.sha256));
  if (catalogues.size < 2) return '';
  return '<p class="warn">The reports are of different catalogues: a requirement may ask for something else in each. Make them with one version of the kit.</p>';
}

function cardsHtml({ subjects }: Matrix): string {
  const cards = subjects.map(({ name, report }, at) => {
    const { machine, startedAt } = report;
    return `<article><h3><a href="#run-${at}">${htmlText(name)}</a></h3>${verdictBannerHtml(report)}<p class="quiet">${utc(startedAt)}, ${htmlText(machine.cpu)}, ${machine.cores} cores</p></article>`;
  });
  return `<div class="cards">${cards.join('\n')}</div>`;
}

function matrixHtml({ subjects, rows }: Matrix): string {
  const heads = subjects.map(({ name, report }) => {
    const { sign, words, tone } = reportVerdictWords[report.verdict];
    return `<th scope="col">${htmlText(name)}<br><span class="${tone}">${sign} ${words}</span></th>`;
  });
  const counts = new Map<string, number>();
  for (const { profile } of rows) counts.set(profile, (counts.get(profile) ?? 0) + 1);
  const differing = rows.filter(({ isDifferent }) => isDifferent).length;
  const failing = rows.filter(({ cells }) =>
    cells.some(({ verdict }) => verdict === 'fail'),
  ).length;
  const filter = filterHtml({
    list: 'matrix-rows',
    noun: 'requirements',
    count: rows.length,
    groups: [
      {
        name: 'among',
        title: 'Show',
        values: [
          { value: 'differing', count: differing },
          { value: 'failed', count: failing },
        ],
      },
      {
        name: 'profile',
        title: 'Profile',
        values: [...counts].map(([value, count]) => ({ value, count })),
      },
    ],
  });
  return `${filter}<div class="scroll" tabindex="0" role="group" aria-label="Requirements of each subject"><table class="matrix" aria-label="Requirements of each subject">
<thead><tr><th scope="col">id</th><th scope="col">requirement</th>${heads.join('')}</tr></thead>
<tbody id="matrix-rows">${rows.map((row) => rowHtml(row, subjects)).join('\n')}</tbody></table></div>`;
}

function rowHtml(
  { id, level, title, profile, cells, isDifferent }: MatrixRow,
  subjects: Matrix['subjects'],
): string {
  const isFailed = cells.some(({ verdict }) => verdict === 'fail');
  const among = [...(isDifferent ? ['differing'] : []), ...(isFailed ? ['failed'] : [])].join(' ');
  const row = cells.map((cell, at) =>
    cellHtml(cell, { anchor: `${id}-${at}`, name: subjects[at]?.name ?? '' }),
  );
  return `<tr data-item data-profile="${htmlText(profile)}" data-among="${among}"><td data-search><strong>${htmlText(id)}</strong> <span class="level">${htmlText(level)}</span></td><th scope="row" data-search>${htmlText(title)}</th>${row.join('')}</tr>`;
}

function cellHtml(
  { verdict, reasons }: MatrixCell,
  { anchor, name }: { readonly anchor: string; readonly name: string },
): string {
  const { sign, words, tone } = verdictWords[verdict];
  const title = reasons.length === 0 ? '' : ` title="${htmlText(reasons.join('; '))}"`;
  const text = `<span aria-hidden="true">${sign}</span> <span class="words">${words}</span>`;
  const content = verdict === 'fail' ? `<a class="bad" href="#f-${anchor}">${text}</a>` : text;
  return `<td class="${tone}" data-name="${htmlText(name)}"${title}>${content}</td>`;
}

function failuresHtml({ subjects, rows }: Matrix): string {
  const parts = subjects.flatMap(({ name }, at) => {
    const failed = rows.filter(({ cells }) => cells[at]?.verdict === 'fail');
    if (failed.length === 0) return [];
    const items = failed.map(({ id, level, title, cells }) => {
      const reasons = (cells[at]?.reasons ?? []).map((reason) => `<li>${htmlText(reason)}</li>`);
      return `<div class="finding bad" id="f-${id}-${at}"><h3>${htmlText(id)} <span class="level">${htmlText(level)}</span> ${htmlText(title)}</h3><ul class="list">${reasons.join('')}</ul></div>`;
    });
    return [`<h3>${htmlText(name)}</h3>${items.join('\n')}`];
  });
  return parts.length === 0 ? '<p>Nothing failed.</p>' : parts.join('\n');
}

function runsHtml({ subjects }: Matrix): string {
  const runs = subjects.map(
    ({ name, report }, at) =>
      `<details id="run-${at}"${subjects.length < 4 ? ' open' : ''}><summary><strong>${htmlText(name)}</strong></summary>${runHtml(report)}</details>`,
  );
  return runs.join('\n');
}
