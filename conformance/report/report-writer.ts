import { writeFileSync } from 'node:fs';
import { printable } from '../../command.ts';
import type { ConformanceReport } from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { HistoryAlbum } from '../report-html/history-album.ts';
import { htmlFromReport } from '../report-html/html-from-report.ts';
import { SetUpProblem, systemReason } from '../set-up-problem.ts';
import { junitFromReport } from './junit.ts';
import { markdownFromReport } from './markdown.ts';
import type { ReportDestination, ReportFormat } from './report-destination.ts';
import { tapFromReport } from './tap.ts';

type Writer = (report: ConformanceReport, catalogue: Catalogue, album?: HistoryAlbum) => string;

const writers: Readonly<Record<ReportFormat, Writer>> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: junitFromReport,
  tap: tapFromReport,
  markdown: markdownFromReport,
  html: (report, catalogue, album) => htmlFromReport(report, { catalogue, album }),
};

/**
 * Writes a report to all of its destinations. One that cannot be written does not keep the others
 * from being so; then throws SetUpProblem with a line for each that failed.
 */
export function writeReports(
  report: ConformanceReport,
  {
    destinations,
    catalogue,
    album,
  }: {
    readonly destinations: readonly ReportDestination[];
    readonly catalogue: Catalogue;
    /** What histories look like, for the page. */
    readonly album?: HistoryAlbum | undefined;
  },
): void {
  writeTexts(destinations, (format) => writers[format](report, catalogue, album));
}

/** The same with any text for a format. */
export function writeTexts(
  destinations: readonly ReportDestination[],
  textIn: (format: ReportFormat) => string,
): void {
  const problems: string[] = [];
  for (const { format, file } of destinations) {
    const text = textIn(format);
    if (file === '-') process.stdout.write(text);
    else {
      try {
        writeFileSync(file, text);
      } catch (error) {
        problems.push(`cannot write ${printable(file)}: ${systemReason(error)}`);
      }
    }
  }
  if (problems.length > 0) throw new SetUpProblem(problems.join('\n'));
}
