import { styleText } from 'node:util';
import type { LatencyReport } from '../../../schemas/generated/latency-report.ts';
import {
  coverageText,
  phaseCells,
  phaseHeadings,
  phaseTables,
  routeCells,
  routeHeadings,
  routeTables,
} from './rows.ts';
import { durationText, goalFigures, goalTitles } from './words.ts';

type Row = readonly string[];

export interface TableOptions {
  readonly hasColour: boolean;
  readonly hasPhases: boolean;
}

/** The report for a terminal. */
export function terminalTableFrom(report: LatencyReport, options: TableOptions): string {
  const bold = (text: string) => (options.hasColour ? styleText('bold', text) : text);
  const { samples, warmups, runs, command } = report.settings;
  const parts = routeTables(report).map(
    ({ route, rows }) => `${bold(route)}\n${columns([routeHeadings, ...rows.map(routeCells)])}`,
  );
  if (options.hasPhases) {
    for (const table of report.arms.flatMap(phaseTables)) {
      const title = `${bold(table.title)} · coverage ${coverageText(table.coverage)}`;
      parts.push(`${title}\n${columns([phaseHeadings, ...table.rows.map(phaseCells)])}`);
    }
  }
  const goals = report.goals.map((goal) => {
    const verdict = goal.isMet ? 'met' : 'not met';
    return [goalTitles[goal.name], goal.subject, ...goalFigures(goal), verdict];
  });
  if (goals.length > 0) parts.push(columns([['goal', 'of', 'measured', 'limit', ''], ...goals]));
  const notes = [...delayNotes(report), ...failureNotes(report), ...report.warnings];
  if (notes.length > 0) parts.push(notes.join('\n'));
  parts.push(
    `${samples} samples after ${warmups} warm-ups, ${runs} ${runs === 1 ? 'run' : 'runs'}, seed ${report.seed}; each sample connects, makes a small request and runs ${command.join(' ')}`,
  );
  return `${parts.join('\n\n')}\n`;
}

/** What the delay links of a run did beyond what they were asked. */
export function delayNotes({ arms }: LatencyReport): string[] {
  const errors = new Map(arms.map(({ arm, delayErrorUs }) => [arm.rttMs, delayErrorUs]));
  return [...errors].flatMap(([rttMs, error]) =>
    error === undefined
      ? []
      : [
          `delay link of ${rttMs} ms: a round trip through it takes ${durationText(error.p50)} more p50, ${durationText(error.p95 ?? error.max)} p95, ${durationText(error.max)} at most`,
        ],
  );
}

/** Arms in which samples failed. */
export function failureNotes({ arms }: LatencyReport): string[] {
  return arms.flatMap(({ arm, failures, firstFailure }) =>
    failures === 0 ? [] : [`${arm.name}: ${failures} samples failed, the first: ${firstFailure}`],
  );
}

/** Columns: the first and the last to the left, figures to the right. */
function columns(rows: readonly Row[]): string {
  const widths = (rows[0] as Row).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  const isFigure = (at: number) => /\d/.test(rows[1]?.[at] ?? '') && at > 0;
  return rows
    .map((row) =>
      row
        .map((cell, at) => {
          const width = widths[at] as number;
          return isFigure(at) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}
