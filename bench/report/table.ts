import type { Row, Unit } from './row.ts';

const headings = ['work', 'subject', 'measured', 'compared', 'goal', ''];

/** The rows as text in columns; each piece of work is named once. */
export function tableFrom(rows: readonly Row[]): string {
  const lines = [headings, ...rows.map((row, at) => cellsOf(row, rows[at - 1]))];
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  const text = lines.map((cells) =>
    cells
      .map((cell, column) =>
        column === 2 ? cell.padStart(widths[2] as number) : cell.padEnd(widths[column] as number),
      )
      .join('  ')
      .trimEnd(),
  );
  text.splice(1, 0, '-'.repeat(text[0]?.length ?? 0));
  return `${text.join('\n')}\n`;
}

function cellsOf(row: Row, previous: Row | undefined): string[] {
  const isSame = row.work === previous?.work && row.scenario === previous.scenario;
  const measured = row.value === undefined ? '' : `${numberIn(row.value, row.unit)} ${row.unit}`;
  const verdict = row.isMet === undefined ? '' : row.isMet ? 'met' : 'not met';
  const remarks = [verdict, row.fault, row.note].filter((remark) => remark);
  return [
    isSame ? '' : row.work,
    row.subject,
    measured,
    row.compared ?? '',
    row.goal ?? '',
    remarks.join('; '),
  ];
}

function numberIn(value: number, unit: Unit | undefined): string {
  const digits = unit === 'µs' || unit === 'KB' || unit === 'ms' ? 1 : unit === '% CPU' ? 2 : 0;
  return value
    .toFixed(digits)
    .replace(/\B(?=(\d{3})+(?!\d))/g, (_, __, at, whole) =>
      at < (whole.includes('.') ? whole.indexOf('.') : whole.length) ? ' ' : '',
    );
}
