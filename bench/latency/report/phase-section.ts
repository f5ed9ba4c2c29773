import { htmlText } from '../../../report-page/html-text.ts';
import type { PageSection } from '../../../report-page/page.ts';
import { type Cell, tableHtml } from '../../../report-page/sortable-table.ts';
import type { ArmResult, LatencyReport } from '../../../schemas/generated/latency-report.ts';
import { metrics } from '../measure/arm-result.ts';
import { goalLimits } from './goals.ts';
import { coverageText, phaseCells, phaseHeadings, phaseTables } from './rows.ts';
import { durationText, metricTitles } from './words.ts';

/** How much of the time has a name, arm by arm; below it the phases of each arm, folded. */
export function phaseSection({ arms }: LatencyReport): PageSection {
  return {
    id: 'phases',
    title: 'Phases and coverage',
    html: `${coverageTable(arms)}
<h3>Phases of each arm</h3>
${arms.map(armHtml).join('\n')}`,
  };
}

function coverageTable(arms: readonly ArmResult[]): string {
  const columns = [
    { title: 'arm' },
    { title: 'metric' },
    { title: 'named spans', isNumber: true },
    { title: 'unaccounted p50', isNumber: true },
    { title: 'p95', isNumber: true },
    { title: 'max', isNumber: true },
    { title: 'whole p50', isNumber: true },
  ];
  const rows = arms.flatMap(({ arm, summaries }) =>
    summaries.map(({ metric, coverage, phases, total }): Cell[] => {
      const goal =
        goalLimits[metric === 'cold-connection' ? 'connection-coverage' : 'call-coverage'];
      const time = (us: number | undefined): Cell => ({
        text: us === undefined ? '' : durationText(us),
        value: us,
      });
      const { unaccounted } = phases;
      return [
        { text: arm.name },
        { text: metricTitles[metric] },
        {
          text: coverageText(coverage),
          value: coverage,
          tone: coverage >= goal ? 'good' : 'bad',
        },
        time(unaccounted?.p50),
        time(unaccounted?.p95),
        time(unaccounted?.max),
        time(total.p50),
      ];
    }),
  );
  return tableHtml({ caption: 'Coverage: what named spans account for', columns, rows });
}

function armHtml(result: ArmResult): string {
  const tables = phaseTables(result);
  const columns = [
    { title: 'metric' },
    ...phaseHeadings.map((title, at) => ({ title, isNumber: at > 0 })),
  ];
  const rows = metrics.flatMap((metric) =>
    tables
      .filter((table) => table.metric === metric)
      .flatMap((table) =>
        table.rows.map((row): Cell[] => {
          const [name = '', ...times] = phaseCells(row);
          const cells = times.map((text, at): Cell => ({ text, value: row.figuresUs[at] }));
          const isEnd = name === 'unaccounted' || name === 'whole';
          const phase: Cell = isEnd ? { text: name, tone: 'quiet' } : { text: name };
          return [{ text: metricTitles[metric] }, phase, ...cells];
        }),
      ),
  );
  const { name } = result.arm;
  const table = tableHtml({ caption: `Phases of ${name}`, columns, rows });
  return `<details><summary>${htmlText(name)}</summary>${table}</details>`;
}
