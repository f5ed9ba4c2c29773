import { join } from 'node:path';
import { type Command, parsedArgs, printable, UsageError } from '../command.ts';
import type { ConformanceReport, ScenarioResult } from '../schemas/generated/conformance-report.ts';
import { readCatalogue } from './catalogue/catalogue.ts';
import { readValidDocumentFile } from './document-file.ts';
import { exitCodeFromVerdict } from './exit-code.ts';
import { readHistory } from './history/history-file.ts';
import { reportDestinationsFromOption } from './report/report-destination.ts';
import { reportFromResults } from './report/report-from-results.ts';
import { writeReports } from './report/report-writer.ts';
import { terminalTextFromReport } from './report/terminal-text.ts';
import { HistoryAlbum } from './report-html/history-album.ts';
import { judgementOf } from './runner/judgement.ts';
import { allScenarios } from './scenarios/index.ts';
import { SetUpProblem } from './set-up-problem.ts';

const help = `Judges recorded histories again, without a subject: what conform bus or
conform worker has kept with --keep DIR.

Usage: stdio-bus-kit conform replay [OPTION …] DIR

Options:
  --report LIST   json=FILE,junit=FILE,tap=FILE,markdown=FILE,html=FILE; - is standard output
  -h, --help      print this

The scenarios, subject, seed and machine are those of DIR/report.json; the verdicts are new. A
scenario whose verdict differs from the report's is named on stderr.

Examples:
  stdio-bus-kit conform bus --keep /tmp/run -- ./their_bus
  stdio-bus-kit conform replay /tmp/run

Exit codes: 0 conformant, 1 not, 2 inconclusive, 3 a history or the report cannot be read, 64 wrong
usage.
`;

/** The command `conform replay`. */
export const replayCommand: Command = {
  help,
  run: async (args) => {
    const { positionals, values } = parsedArgs('conform replay', {
      args,
      options: { report: { type: 'string' } },
    });
    const [folder, surplus] = positionals;
    if (folder === undefined) throw new UsageError('conform replay: which DIR? --help shows more');
    if (surplus !== undefined) throw new UsageError(`conform replay: "${surplus}" is too much`);
    const destinations =
      values.report === undefined ? [] : reportDestinationsFromOption(values.report);
    const catalogue = readCatalogue();
    const recorded = readValidDocumentFile(
      join(folder, 'report.json'),
      'conformance-report#ConformanceReport',
    ).value as ConformanceReport;
    const { baseline: _, startedAt, scenarios, ...run } = recorded;
    const album = new HistoryAlbum();
    const results = scenarios.map((result) => replayed(folder, result, album));
    const report = reportFromResults({
      ...run,
      catalogue,
      startedAt: new Date(startedAt),
      results,
    });
    writeReports(report, { destinations, catalogue, album });
    const isTaken = destinations.some(({ file }) => file === '-');
    (isTaken ? process.stderr : process.stdout).write(
      terminalTextFromReport(report, { catalogue }),
    );
    return exitCodeFromVerdict(report.verdict);
  },
};

function replayed(folder: string, result: ScenarioResult, album: HistoryAlbum): ScenarioResult {
  const scenario = allScenarios.find(({ id }) => id === result.id);
  if (scenario === undefined) {
    throw new SetUpProblem(`there is no scenario "${printable(result.id)}" in this kit`);
  }
  if (result.history === undefined) return result;
  const records = readHistory(join(folder, result.history));
  const judgement = judgementOf(scenario, records);
  if (judgement.verdict !== result.verdict) {
    process.stderr.write(
      `${result.id} on ${result.transport}: ${judgement.verdict} now, ${result.verdict} then\n`,
    );
  }
  const now = { ...result, ...judgement };
  album.add(now, records);
  return now;
}
