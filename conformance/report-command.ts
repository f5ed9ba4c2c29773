import { dirname, join } from 'node:path';
import { type Command, exitCodes, parsedArgs, printable, UsageError } from '../command.ts';
import type { ConformanceReport } from '../schemas/generated/conformance-report.ts';
import { type Catalogue, readCatalogue } from './catalogue/catalogue.ts';
import { readHistory } from './history/history-file.ts';
import {
  checkReportDestinations,
  isToStandardOutput,
  type ReportDestination,
  reportDestinationsFromOption,
} from './report/report-destination.ts';
import { writeReports, writeTexts } from './report/report-writer.ts';
import { terminalTextFromReport } from './report/terminal-text.ts';
import { HistoryAlbum } from './report-html/history-album.ts';
import { htmlFromReports } from './report-html/html-from-matrix.ts';
import { matrixFromReports } from './report-html/matrix.ts';
import { markdownFromMatrix, terminalTextFromMatrix } from './report-html/matrix-text.ts';
import { SetUpProblem } from './set-up-problem.ts';
import { readReport } from './verify/report-file.ts';

const help = `Makes a page, or any other form, of a JSON report; of several, a matrix of subjects and requirements.

Usage: stdio-bus-kit conform report [OPTION …] REPORT …

REPORT is the JSON of \`conform bus --report json=REPORT\`, or of \`conform worker\`. Histories that were
kept beside it (\`--keep DIR\` writes DIR/report.json) are drawn on the page; of those that are not there,
the page has the last lines that the report has. It does not check the
reports: \`conform verify\` does.

Options:
  --report LIST   html=FILE,json=FILE,junit=FILE,tap=FILE,markdown=FILE; - is standard output. Of
                  several reports: html and markdown. Default: a text, or a matrix, for the terminal
  -h, --help      print this

Examples:
  stdio-bus-kit conform bus --keep run -- ./their_bus
  stdio-bus-kit conform report run/report.json --report html=report.html
  stdio-bus-kit conform report ours.json theirs.json --report html=matrix.html
  stdio-bus-kit conform report ours.json theirs.json

Exit codes: 0 made, 3 a report cannot be read or the output not written, 64 wrong usage, 74 the output
cannot be written.
`;

/** The command `conform report`. */
export const reportCommand: Command = {
  help,
  run: async (args) => {
    const { positionals: files, values } = parsedArgs('conform report', {
      args,
      options: { report: { type: 'string' } },
    });
    if (files.length === 0) throw new UsageError('conform report: which REPORT? --help shows more');
    const destinations =
      values.report === undefined ? [] : reportDestinationsFromOption(values.report);
    const unfit = destinations.find(({ format }) => format !== 'html' && format !== 'markdown');
    if (files.length > 1 && unfit !== undefined) {
      throw new UsageError(
        `conform report: of several reports there is html and markdown, no ${unfit.format}`,
      );
    }
    checkReportDestinations(destinations);
    const catalogue = readCatalogue();
    const reports = files.map((file) => readReport(file));
    const [first] = reports as [ConformanceReport];
    if (files.length === 1) writeOne(first, { file: files[0] as string, destinations, catalogue });
    else writeSeveral(reports, { files, destinations, catalogue });
    return exitCodes.ok;
  },
};

interface OneReport {
  readonly file: string;
  readonly destinations: readonly ReportDestination[];
  readonly catalogue: Catalogue;
}

function writeOne(report: ConformanceReport, { file, destinations, catalogue }: OneReport): void {
  if (destinations.length === 0) {
    process.stdout.write(terminalTextFromReport(report, { catalogue }));
    return;
  }
  const isDrawn = destinations.some(({ format }) => format === 'html');
  const album = isDrawn ? albumFrom(report, dirname(file)) : undefined;
  writeReports(report, { destinations, catalogue, album });
  tellWritten(destinations);
}

function albumFrom({ scenarios }: ConformanceReport, folder: string): HistoryAlbum {
  const album = new HistoryAlbum();
  const problems: string[] = [];
  for (const scenario of scenarios) {
    if (scenario.history === undefined) continue;
    try {
      album.add(scenario, readHistory(join(folder, scenario.history)));
    } catch (error) {
      if (!(error instanceof SetUpProblem)) throw error;
      problems.push(error.message);
    }
  }
  // A report that somebody sent comes without them: the page says what the report says.
  if (problems.length > 0) {
    const count = `${problems.length} histor${problems.length === 1 ? 'y' : 'ies'}`;
    process.stderr.write(`${count} cannot be drawn: ${problems[0]}\n`);
  }
  return album;
}

interface SeveralReports {
  readonly files: readonly string[];
  readonly destinations: readonly ReportDestination[];
  readonly catalogue: Catalogue;
}

function writeSeveral(
  reports: readonly ConformanceReport[],
  { files, destinations, catalogue }: SeveralReports,
): void {
  const kind = reports[0]?.kind;
  const other = reports.findIndex((report) => report.kind !== kind);
  if (other !== -1) {
    throw new SetUpProblem(
      `${printable(files[0] as string)} is of a ${kind}, ${printable(files[other] as string)} is not: they have no requirement in common`,
    );
  }
  const matrix = matrixFromReports(reports, catalogue);
  if (destinations.length === 0) process.stdout.write(terminalTextFromMatrix(matrix));
  writeTexts(destinations, (format) =>
    format === 'html' ? htmlFromReports(reports, catalogue) : markdownFromMatrix(matrix),
  );
  tellWritten(destinations);
}

function tellWritten(destinations: readonly ReportDestination[]): void {
  const stream = isToStandardOutput(destinations) ? process.stderr : process.stdout;
  for (const { file } of destinations) {
    if (file !== '-') stream.write(`wrote ${printable(file)}\n`);
  }
}
