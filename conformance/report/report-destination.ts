import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { printable, UsageError } from '../../command.ts';
import { SetUpProblem, systemReason } from '../set-up-problem.ts';

/** The formats of a report. */
export const reportFormats = ['json', 'junit', 'tap', 'markdown', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** A format of the report, and the file that it goes to; `-` is standard output. */
export interface ReportDestination {
  readonly format: ReportFormat;
  readonly file: string;
}

/**
 * The destinations in the text of `--report`: `json=FILE,tap=-`. Throws UsageError for an unknown
 * format, a missing file, and two reports of one format or to one place.
 */
export function reportDestinationsFromOption(text: string): ReportDestination[] {
  const destinations: ReportDestination[] = [];
  for (const part of text.split(',')) {
    const [, name = '', file = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [undefined, part];
    const format = reportFormats.find((known) => known === name.trim());
    if (format === undefined) {
      throw new UsageError(
        `--report takes ${reportFormats.join(', ')}, each with =FILE, not "${part}"`,
      );
    }
    if (file === '')
      throw new UsageError(`--report ${format}: to which FILE? (- is standard output)`);
    for (const other of destinations) {
      if (other.format === format) throw new UsageError(`--report ${format} stands twice`);
      if (placeOf(other.file) !== placeOf(file)) continue;
      throw new UsageError(`--report ${other.format} and ${format} go to one place, ${file}`);
    }
    destinations.push({ format, file });
  }
  return destinations;
}

/** Whether a report goes to standard output, so that nothing else may. */
export function isToStandardOutput(destinations: readonly ReportDestination[]): boolean {
  return destinations.some(({ file }) => file === '-');
}

/** Tells before a run whether its reports can be written after it. Throws SetUpProblem. */
export function checkReportDestinations(destinations: readonly ReportDestination[]): void {
  for (const { file } of destinations) {
    if (file === '-') continue;
    let isFolder = false;
    try {
      const known = statSync(file, { throwIfNoEntry: false });
      isFolder = known?.isDirectory() ?? false;
      accessSync(known === undefined ? dirname(resolve(file)) : file, constants.W_OK);
    } catch (error) {
      throw new SetUpProblem(`cannot write ${printable(file)}: ${systemReason(error)}`);
    }
    if (isFolder) throw new SetUpProblem(`cannot write ${printable(file)}: it is a folder`);
  }
}

function placeOf(file: string): string {
  return file === '-' ? '-' : resolve(file);
}
