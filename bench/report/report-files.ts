import { accessSync, constants, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { printable, UsageError } from '../../command.ts';
import type { LoadReport } from '../../schemas/generated/load-report.ts';
import { markdownFrom } from './markdown.ts';

const formats = ['json', 'markdown', 'html', 'svg'] as const;

/** A form of the report, and the file that it goes to; `-` is standard output. */
export interface ReportFile {
  readonly format: (typeof formats)[number];
  readonly file: string;
}

/** From the text of `--report`. Throws UsageError. */
export function reportFilesFrom(text: string): ReportFile[] {
  const files: ReportFile[] = [];
  for (const part of text.split(',')) {
    const [, name = '', file = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [undefined, part];
    const format = formats.find((known) => known === name);
    if (format === undefined || file === '') {
      throw new UsageError(`--report takes ${formats.join(', ')}, each with =FILE, not "${part}"`);
    }
    if (files.some((one) => one.format === format)) {
      throw new UsageError(`--report ${format} stands twice`);
    }
    if (format === 'svg' && file === '-') throw new UsageError('--report svg takes a folder');
    if (file === '-' && files.some((one) => one.file === '-')) {
      throw new UsageError('--report: standard output has room for one form');
    }
    files.push({ format, file });
  }
  return files;
}

/** Throws UsageError where one cannot be written. */
export function checkReportFiles(files: readonly ReportFile[]): void {
  for (const { format, file } of files) {
    if (file === '-') continue;
    mustBeWritable(format, file, format === 'svg');
  }
}

/** Throws UsageError where it is not; makes the folder where it is to be one. */
export function mustBeWritable(format: string, file: string, isFolder = false): void {
  try {
    if (isFolder) mkdirSync(file, { recursive: true });
    const known = statSync(file, { throwIfNoEntry: false });
    if (!isFolder && known?.isDirectory()) throw new Error('it is a folder');
    accessSync(known === undefined ? dirname(resolve(file)) : file, constants.W_OK);
  } catch (error) {
    const reason = printable((error as Error).message);
    throw new UsageError(`--report ${format} cannot be written: ${reason}`);
  }
}

/** Writes them all; false where one could not be written, said on stderr. */
export async function writeReportFiles(
  report: LoadReport,
  files: readonly ReportFile[],
): Promise<boolean> {
  let isWhole = true;
  for (const { format, file } of files) {
    try {
      if (format === 'svg') await writeCharts(report, file);
      else {
        const text = await textIn(format, report);
        if (file === '-') process.stdout.write(text);
        else writeFileSync(file, text);
      }
    } catch (error) {
      isWhole = false;
      const reason = printable((error as Error).message);
      process.stderr.write(`stdio-bus-kit: cannot write ${printable(file)}: ${reason}\n`);
    }
  }
  return isWhole;
}

async function textIn(format: 'json' | 'markdown' | 'html', report: LoadReport): Promise<string> {
  if (format === 'json') return `${JSON.stringify(report, null, 1)}\n`;
  if (format === 'markdown') return markdownFrom(report);
  // Loaded only when it is wanted: the charts are half a second of loading.
  return (await import('./html.ts')).htmlFrom(report);
}

async function writeCharts(report: LoadReport, folder: string): Promise<void> {
  const { chartsOf } = await import('./charts.ts');
  const { svgFile } = await import('../../report-page/line-chart.ts');
  for (const chart of chartsOf(report))
    writeFileSync(join(folder, `${chart.name}.svg`), svgFile(chart));
}
