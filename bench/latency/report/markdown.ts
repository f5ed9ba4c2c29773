import type { LatencyReport } from '../../../schemas/generated/latency-report.ts';
import { machineText } from '../../report/machine.ts';
import { markdownTable } from '../../report/markdown-table.ts';
import {
  coverageText,
  phaseCells,
  phaseHeadings,
  phaseTables,
  routeCells,
  routeHeadings,
  routeTables,
} from './rows.ts';
import { delayNotes, failureNotes } from './terminal-table.ts';
import { durationText, goalFigures, goalTitles } from './words.ts';

/** A line for each route, and the goals: for a README. */
export function excerptFrom(report: LatencyReport): string {
  const time = (us: number | undefined) => (us === undefined ? '' : durationText(us));
  const rows = routeTables(report).map(({ route, rows: [connection, call, shot, slow] }) => {
    const [, read = '', events = '', change = ''] = shot === undefined ? [] : routeCells(shot);
    const [, slowRead = '', slowEvents = ''] = slow === undefined ? [] : routeCells(slow);
    return [
      route,
      time(connection?.eventsUs ?? connection?.readUs),
      time(call?.eventsUs ?? call?.readUs),
      read,
      events,
      change,
      slowRead,
      slowEvents,
    ];
  });
  const headings = [
    'route',
    'cold connection',
    'small request',
    'process by read',
    'by events',
    'change',
    'p95 by read',
    'p95 by events',
  ];
  const notes = [...failureNotes(report), ...report.warnings].map((note) => `- ${note}\n`);
  const goals = goalRows(report);
  return `${settingsText(report)} ${report.startedAt.slice(0, 10)}. Medians, save where p95 stands.

${markdownTable(headings, rows)}
${goals.length === 0 ? '' : markdownTable(goalHeadings, goals)}
${notes.join('')}`;
}

const goalHeadings = ['goal', 'of', 'measured', 'limit', ''];

function goalRows({ goals }: LatencyReport): string[][] {
  return goals.map((goal) => {
    const verdict = goal.isMet ? 'met' : 'not met';
    return [goalTitles[goal.name], goal.subject, ...goalFigures(goal), verdict];
  });
}

function settingsText({ settings, machine }: LatencyReport): string {
  return `${settings.samples} samples after ${settings.warmups} warm-ups in ${settings.runs} ${settings.runs === 1 ? 'run' : 'runs'}, \`${settings.command.join(' ')}\`; medians over the runs of each run's percentiles (nearest rank). ${machineText(machine)}.`;
}

/** The report for a file of its own or a pull request. */
export function markdownFrom(report: LatencyReport): string {
  const routes = routeTables(report).flatMap(({ route, rows }) =>
    rows.map((row, at) => [at === 0 ? route : '', ...routeCells(row)]),
  );
  const goals = goalRows(report);
  const notes = [...delayNotes(report), ...failureNotes(report), ...report.warnings].map(
    (note) => `- ${note}\n`,
  );
  const phases = report.arms.flatMap(phaseTables).map((each) => {
    const rows = markdownTable(phaseHeadings, each.rows.map(phaseCells));
    return `#### ${each.title}\n\nNamed spans account for ${coverageText(each.coverage)}.\n\n${rows}`;
  });
  return `# Latency

${settingsText(report)}

${markdownTable(['route', ...routeHeadings], routes)}
${goals.length === 0 ? '' : markdownTable(goalHeadings, goals)}
${notes.join('')}
<details><summary>Phases</summary>

${phases.join('\n')}
</details>
`;
}
