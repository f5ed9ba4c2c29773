import { printable } from '../../command.ts';
import type { LoadReport } from '../../schemas/generated/load-report.ts';
import { gateText } from './gate-text.ts';
import { linesOf } from './lines.ts';
import { machineText } from './machine.ts';
import { remarksOnRun } from './remarks.ts';

/** The report in Markdown without a heading, for a README or a comment. */
export function markdownFrom(report: LoadReport): string {
  const first = report.subjects[0]?.identity.name ?? 'the first';
  const lines = linesOf(report);
  const rows = lines.map((line, at) => {
    const work = line.work === lines[at - 1]?.work ? '' : line.work;
    const remarks = [line.fault && `**${escaped(line.fault)}**`, escaped(line.notes)]
      .filter((remark) => remark !== '')
      .join('; ');
    const cells = [work, line.subject, line.measured, line.ratio, line.also].map(escaped);
    return `| ${[...cells, remarks].join(' | ')} |`;
  });
  const gates = report.subjects.flatMap((subject) => {
    const words = gateText(subject);
    return words === undefined ? [] : [`- **${escaped(subject.identity.name)}** ${escaped(words)}`];
  });
  return `${[
    `${escaped(machineText(report.machine))}; ${report.startedAt.slice(0, 10)}; ${report.settings.mode} run, ${report.rounds} rounds in which the subjects take turns, medians. Ratios are to ${escaped(first)}, with their 95 % bootstrap interval. *relay* passes bytes on unparsed, *worker* is no bus at all.`,
    '',
    ...gates,
    '',
    `| work | subject | measured | × ${escaped(first)} | also | remarks |`,
    '|---|---|--:|---|---|---|',
    ...rows,
    ...remarksOnRun(report).flatMap((text) => ['', text]),
  ].join('\n')}\n`;
}

function escaped(text: string): string {
  return printable(text, 2000)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~$]/g, '\\$&');
}
