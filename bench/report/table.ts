import { styleText } from 'node:util';
import { printable } from '../../command.ts';
import type { LoadReport } from '../../schemas/generated/load-report.ts';
import { gateText } from './gate-text.ts';
import { type Line, linesOf } from './lines.ts';
import { remarksOnRun } from './remarks.ts';

const rightAligned = 2;

/** The report as text in columns; each piece of work is named once. */
export function tableFrom(report: LoadReport, hasColour = false): string {
  const lines = linesOf(report);
  const first = report.subjects[0]?.identity.name ?? 'the first';
  const headings = ['work', 'subject', 'measured', `× ${first} (95 %)`, 'also', 'remarks'];
  const rows = [headings, ...lines.map((line, at) => cellsOf(line, lines[at - 1]))];
  const widths = headings.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const text = rows.map((cells, at) => {
    const shown = cells
      .map((cell, column) => {
        const width = widths[column] as number;
        return column === rightAligned ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
    return hasColour && at > 0 && lines[at - 1]?.fault !== '' ? styleText('red', shown) : shown;
  });
  text.splice(1, 0, '-'.repeat(text[0]?.length ?? 0));
  const gates = report.subjects.flatMap((subject) => {
    const words = gateText(subject);
    return words === undefined ? [] : [printable(`${subject.identity.name} ${words}`)];
  });
  return `${[...text, '', ...gates, ...remarksOnRun(report)].join('\n')}\n`;
}

function cellsOf(line: Line, previous: Line | undefined): string[] {
  const isSame = line.work === previous?.work && line.question === previous.question;
  const remarks = [line.fault, line.notes].filter((remark) => remark !== '').join('; ');
  return [isSame ? '' : line.work, line.subject, line.measured, line.ratio, line.also, remarks].map(
    (cell) => printable(cell),
  );
}
