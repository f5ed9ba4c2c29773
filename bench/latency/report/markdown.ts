import type { LatencyReport } from '../../../schemas/generated/latency-report.ts';
import { phaseHeadings, phaseTables, routeHeadings, routeTables } from './rows.ts';
import { delayNotes, failureNotes } from './terminal-table.ts';
import { goalFigures, goalTitles } from './words.ts';

/** The report for a README or a pull request. */
export function markdownFrom(report: LatencyReport): string {
  const { settings, machine } = report;
  const routes = routeTables(report).flatMap(({ route, rows }) =>
    rows.map((row, at) => [at === 0 ? route : '', ...row]),
  );
  const goals = report.goals.map((goal) => {
    const verdict = goal.isMet ? 'met' : 'not met';
    return [goalTitles[goal.name], goal.subject, ...goalFigures(goal), verdict];
  });
  const notes = [...delayNotes(report), ...failureNotes(report), ...report.warnings].map(
    (note) => `- ${note}\n`,
  );
  const phases = report.arms.flatMap(phaseTables).map((each) => {
    const rows = table(phaseHeadings, each.rows);
    return `#### ${each.title}\n\nNamed spans account for ${each.coverage}.\n\n${rows}`;
  });
  return `# Latency

${settings.samples} samples after ${settings.warmups} warm-ups in ${settings.runs} runs, \`${settings.command.join(' ')}\`; medians over the runs of each run's percentiles (nearest rank). ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${machine.os} ${machine.release}.

${table(['route', ...routeHeadings], routes)}
${goals.length === 0 ? '' : table(['goal', 'of', 'measured', 'limit', ''], goals)}
${notes.join('')}
<details><summary>Phases</summary>

${phases.join('\n')}
</details>
`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(headings) + line(headings.map(() => '---')) + rows.map(line).join('');
}
