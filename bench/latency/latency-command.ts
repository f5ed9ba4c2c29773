import { type Command, exitCodes, printable } from '../../command.ts';
import { checkReportFiles, writeReportFiles } from '../report/report-files.ts';
import { reasonOf } from './client/dial.ts';
import { WorkFailure } from './client/timed-work.ts';
import { WireError } from './client/wire.ts';
import { runLatencyBench } from './latency-bench.ts';
import { latencyHelp } from './latency-help.ts';
import { latencyOptionsFrom } from './latency-options.ts';
import { latencyForms } from './report/latency-forms.ts';
import { terminalTableFrom } from './report/terminal-table.ts';
import { StartError } from './subject/started-process.ts';

/** `stdio-bus-kit bench latency`. */
export const latencyCommand: Command = {
  help: latencyHelp,
  async run(args) {
    const options = latencyOptionsFrom(args);
    // Before the work, so that a path that cannot be written does not waste it.
    checkReportFiles(options.reports);
    try {
      const { report, otlpProblem } = await runLatencyBench(options);
      if (!options.reports.some(({ file }) => file === '-')) {
        const hasColour = process.stdout.isTTY === true && !process.env.NO_COLOR;
        const hasPhases = options.isPhasesAsked;
        process.stdout.write(terminalTableFrom(report, { hasColour, hasPhases }));
      }
      const isWritten = await writeReportFiles(latencyForms(report), options.reports);
      if (!isWritten) return exitCodes.outputError;
      if (otlpProblem !== undefined) return complaint(otlpProblem, exitCodes.outputError);
      const isWhole = report.arms.every(({ failures }) => failures === 0);
      return isWhole ? exitCodes.ok : exitCodes.invalid;
    } catch (error) {
      if (isPeerProblem(error)) return complaint(error.message, exitCodes.unavailable);
      if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
      return complaint(reasonOf(error), exitCodes.outputError);
    }
  },
};

function isPeerProblem(error: unknown): error is Error {
  return error instanceof WireError || error instanceof StartError || error instanceof WorkFailure;
}

function complaint(text: string, exitCode: number): number {
  process.stderr.write(`stdio-bus-kit: bench latency: ${printable(text)}\n`);
  return exitCode;
}
