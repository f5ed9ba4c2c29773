import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { printable, UsageError } from '../../command.ts';
import { betweenMarks } from './marked-text.ts';

const formats = ['json', 'markdown', 'html', 'svg'] as const;

/** A form of the report, and the file that it goes to; `-` is standard output. */
export interface ReportFile {
  readonly format: (typeof formats)[number];
  readonly file: string;
}

/** From the text of `--report`, of these forms. Throws UsageError. */
export function reportFilesFrom(
  text: string,
  taken: readonly ReportFile['format'][] = formats,
): ReportFile[] {
  const files: ReportFile[] = [];
  for (const part of text.split(',')) {
    const [, name = '', file = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [undefined, part];
    const format = taken.find((known) => known === name);
    if (format === undefined || file === '') {
      throw new UsageError(`--report takes ${taken.join(', ')}, each with =FILE, not "${part}"`);
    }
    if (format === 'svg' && file === '-') throw new UsageError('--report svg takes a folder');
    if (files.some((one) => one.file === file)) {
      const name = file === '-' ? 'standard output' : printable(file);
      throw new UsageError(`--report: ${name} has room for one form`);
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

/** How a report is put in each form. The charts and the page are loaded only when they are wanted. */
export interface ReportForms {
  /** The report itself. */
  readonly json: unknown;
  markdown(): string;
  /** What goes into a file that has the comments `<!-- NAME -->` and `<!-- /NAME -->`. */
  readonly excerpt: { readonly name: string; markdown(): string };
  html?(): Promise<string>;
  charts?(): Promise<readonly ChartFile[]>;
}

/** A chart as an SVG file. */
export interface ChartFile {
  readonly name: string;
  readonly svg: string;
}

/** Writes them all; false where one could not be written, said on stderr. */
export async function writeReportFiles(
  forms: ReportForms,
  files: readonly ReportFile[],
): Promise<boolean> {
  let isWhole = true;
  for (const { format, file } of files) {
    try {
      if (format === 'svg') {
        for (const { name, svg } of (await forms.charts?.()) ?? []) {
          writeFileSync(join(file, `${name}.svg`), svg);
        }
        continue;
      }
      const text = await textIn({ format, file }, forms);
      if (file === '-') process.stdout.write(text);
      else writeFileSync(file, text);
    } catch (error) {
      isWhole = false;
      const reason = printable((error as Error).message);
      process.stderr.write(`stdio-bus-kit: cannot write ${printable(file)}: ${reason}\n`);
    }
  }
  return isWhole;
}

async function textIn({ format, file }: ReportFile, forms: ReportForms): Promise<string> {
  if (format === 'json') return `${JSON.stringify(forms.json, null, 1)}\n`;
  if (format === 'html') return (await forms.html?.()) ?? '';
  const { name, markdown } = forms.excerpt;
  const known = file !== '-' && existsSync(file) ? readFileSync(file, 'utf8') : '';
  return betweenMarks(known, name, markdown()) ?? forms.markdown();
}
