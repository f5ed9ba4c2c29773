import { type Command, exitCodes } from '../command.ts';
import { optionsFrom } from './bench-options.ts';
import { efforts } from './questions/effort.ts';
import { questions } from './questions/questions.ts';
import { loadForms } from './report/load-forms.ts';
import { machineText } from './report/machine.ts';
import { faultOf } from './report/remarks.ts';
import { checkReportFiles, writeReportFiles } from './report/report-files.ts';
import { resultsOf } from './report/results.ts';
import { tableFrom } from './report/table.ts';
import { runBench } from './run-bench.ts';

const help = `Measures buses under the same load, side by side: with a relay that parses nothing, and with the
worker alone. Requests that were lost, doubled or misrouted stand beside the speed.

Usage: stdio-bus-kit bench bus [OPTION …]

Options:
  --subject NAME=COMMAND  a bus; may be given again, the first is what the others are compared with.
                          {config} {host} {port} {socket} are filled in; a command without them gets
                          --config FILE and --tcp HOST:PORT or --unix PATH. No shell is involved.
                          Default: the reference bus of the kit
  --quick | --full        some questions with short measurements, about half a minute a bus; or the
                          longest measurements. --quick leaves out ${efforts.quick.leavesOut.slice(0, 2).join(', ')},
                          ${efforts.quick.leavesOut.slice(2).join(', ')}
  --only NAMES            these questions, divided by commas; may be given again
  --rounds N              rounds in which the subjects take turns
  --p99 MS                the highest rate has to keep the 99th percentile under this; default: 5
  --worker auto|c|node    the echo worker behind every bus; default: in C where there is a compiler
  --seed TEXT             of the confidence intervals; default: a new one, named in the report
  --no-gate               do not run the short conformance gate before
  --report LIST           json=FILE,markdown=FILE,html=FILE,svg=FOLDER; - is standard output. Where a
                          Markdown file has the comments <!-- bench bus --> and <!-- /bench bus -->,
                          the table goes between them
  -h, --help              print this

Questions:
${questions.map(({ name, summary }) => `  ${name.padEnd(18)} ${summary}`).join('\n')}

Examples:
  stdio-bus-kit bench bus --quick
  stdio-bus-kit bench bus --quick --report html=report.html \\
    --subject ours='node our-bus.js' --subject theirs='./their_bus -c {config} -l {host}:{port}'
  stdio-bus-kit bench bus --only round-trip,throughput --report json=report.json,svg=charts

Exit codes: 0 measured, 1 a subject lost or doubled answers, died or did not start, 64 wrong usage,
74 the output cannot be written, 130 interrupted.
`;

/** The command `bench bus`. */
export const busCommand: Command = {
  help,
  async run(args) {
    const options = optionsFrom(
      args,
      questions.map(({ name }) => name),
    );
    // Before the work, so that a path that cannot be written does not waste it.
    checkReportFiles(options.files);
    const report = await runBench(options);
    if (!options.files.some(({ file }) => file === '-')) {
      const { stdout, env } = { stdout: process.stdout, env: process.env };
      const hasColour = stdout.isTTY && (env.NO_COLOR ?? '') === '';
      stdout.write(`${machineText(report.machine)}\n\n${tableFrom(report, hasColour)}`);
    }
    if (!(await writeReportFiles(loadForms(report), options.files))) return exitCodes.outputError;
    const isWhole = resultsOf(report).every((result) => faultOf(result) === undefined);
    return isWhole ? exitCodes.ok : exitCodes.invalid;
  },
};
