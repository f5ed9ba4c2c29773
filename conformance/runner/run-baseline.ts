import { existsSync } from 'node:fs';
import { printable } from '../../command.ts';
import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import { type BaselineFile, readBaseline, writeBaseline } from '../baseline/baseline-file.ts';
import { updatedBaseline } from '../baseline/updated-baseline.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { conformExitCodes, exitCodeFromVerdict } from '../exit-code.ts';
import type { ReportDestination } from '../report/report-destination.ts';
import { countOf } from '../report/verdict-sentence.ts';

/** What a run was asked about its baseline. */
export interface BaselineOptions {
  readonly baselineFile: string | undefined;
  readonly isBaselineUpdated: boolean;
}

/** The baseline that failures are held against, where there is one. Throws SetUpProblem. */
export function baselineFrom({
  baselineFile,
  isBaselineUpdated,
}: BaselineOptions): BaselineFile | undefined {
  if (baselineFile === undefined) return undefined;
  // The first one is made by its first update; one with a mistake is not to be lost.
  const isFirst = isBaselineUpdated && !existsSync(baselineFile);
  return isFirst ? undefined : readBaseline(baselineFile);
}

/** Writes what failed as known; the exit code. What could not be judged is no success. */
export function updateBaseline(
  report: ConformanceReport,
  { file, before, catalogue }: BaselineUpdate,
): number {
  const { verdict, startFailure } = report;
  const code = exitCodeFromVerdict(verdict);
  if (startFailure !== undefined || verdict === 'harness-error') {
    process.stderr.write(
      `${printable(file)} stays as it is: nothing can be learned from this run\n`,
    );
    return code;
  }
  const entries = updatedBaseline(report, { catalogue, before });
  writeBaseline(file, entries);
  const failures = countOf(entries.length, 'known failure');
  process.stderr.write(`wrote ${failures} to ${printable(file)}\n`);
  return verdict === 'inconclusive' ? code : conformExitCodes.conformant;
}

export interface BaselineUpdate {
  readonly file: string;
  readonly before: BaselineFile['failures'];
  readonly catalogue: Catalogue;
}

/** Whether a baseline can be written is told before the run, as for a report. */
export function writtenBaseline({
  baselineFile,
  isBaselineUpdated,
}: BaselineOptions): ReportDestination[] {
  if (baselineFile === undefined || !isBaselineUpdated) return [];
  return [{ format: 'json', file: baselineFile }];
}
