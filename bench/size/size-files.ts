import { writeFileSync } from 'node:fs';
import { printable, UsageError } from '../../command.ts';
import { mustBeWritable } from '../report/report-files.ts';
import type { SizeReport } from './size-report.ts';

const formats = ['json', 'html', 'svg'] as const;

/** A form of the report, and its file. */
export interface SizeFile {
  readonly format: (typeof formats)[number];
  readonly file: string;
}

/** From the text of `--report`. Throws UsageError. */
export function sizeFilesFrom(text: string): SizeFile[] {
  return text.split(',').map((part) => {
    const [, name = '', file = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [undefined, part];
    const format = formats.find((known) => known === name);
    if (format !== undefined && file !== '') return { format, file };
    throw new UsageError(`--report takes ${formats.join(', ')}, each with =FILE, not "${part}"`);
  });
}

/** Throws UsageError where one cannot be written. */
export function checkSizeFiles(files: readonly SizeFile[]): void {
  for (const { format, file } of files) mustBeWritable(format, file);
}

/** Writes them all; false where one could not be written, said on stderr. */
export async function writeSizeFiles(
  report: SizeReport,
  files: readonly SizeFile[],
): Promise<boolean> {
  let isWhole = true;
  for (const { format, file } of files) {
    try {
      writeFileSync(file, await textIn(format, report));
    } catch (error) {
      isWhole = false;
      const reason = printable((error as Error).message);
      process.stderr.write(`stdio-bus-kit: cannot write ${printable(file)}: ${reason}\n`);
    }
  }
  return isWhole;
}

async function textIn(format: SizeFile['format'], report: SizeReport): Promise<string> {
  if (format === 'json') return `${JSON.stringify(report, null, 1)}\n`;
  const { optionChart, sizeHtml } = await import('./size-html.ts');
  if (format === 'html') return sizeHtml(report);
  return (await import('../../report-page/line-chart.ts')).svgFile(optionChart(report));
}
