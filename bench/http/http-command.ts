import { type Command, exitCodes, parsedArgs, printable, UsageError } from '../../command.ts';
import type { HttpReport } from '../../schemas/generated/http-report.ts';
import { StartError } from '../latency/subject/started-process.ts';
import { machineText } from '../report/machine.ts';
import { checkReportFiles, reportFilesFrom, writeReportFiles } from '../report/report-files.ts';
import { type HttpBenchOptions, runHttpBench } from './http-bench.ts';
import { markdownFrom } from './http-markdown.ts';
import { errorsOf, httpTable } from './http-table.ts';

const help = `Measures the HTTP adapter under load, beside a bare node:http server that echoes: its limit.

Usage: stdio-bus-kit bench http [OPTION …]

Options:
  --connections N,…   connections that ask at a time; 1,10,100 by default
  --pipelining N,…    requests that each sends before the first answer; 1,10 by default
  --seconds N         for each run; 5 by default
  --rounds N          in which the two servers take turns; 3 by default
  --quick             --pipelining 1 --seconds 2 --rounds 1
  --bus URL           a bus that runs already behind the adapter, tcp://… or unix:…, with an echo
                      worker; by default one within the adapter
  --url URL           a server that runs already, as in http://127.0.0.1:9400/v1/rpc, instead of the
                      adapter
  --token TOKEN       a bearer token, with --url
  --report F=FILE,…   json (every sample, with machine and settings; schema http-report) or
                      markdown; - is standard output. Where a Markdown file has the comments
                      <!-- bench http --> and <!-- /bench http -->, the table goes between them
  -h, --help          print this

Latencies are whole milliseconds, as autocannon counts them.

Examples:
  stdio-bus-kit bench http --quick
  stdio-bus-kit bench http --connections 10 --pipelining 1 --report json=http.json

Exit codes: 0 measured, 1 a request failed, 64 wrong usage, 69 a server did not start or does not
answer, 74 the output cannot be written, 130 interrupted.
`;

const options = {
  connections: { type: 'string', default: '1,10,100' },
  pipelining: { type: 'string' },
  seconds: { type: 'string' },
  rounds: { type: 'string' },
  quick: { type: 'boolean', default: false },
  bus: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  report: { type: 'string' },
} as const;

/** The command `bench http`. */
export const httpCommand: Command = {
  help,
  async run(args) {
    const { positionals, values } = parsedArgs('bench http', { args, options });
    if (positionals.length > 0) throw new UsageError(`bench http: "${positionals[0]}" is too much`);
    const { quick, url, bus, token } = values;
    const files =
      values.report === undefined ? [] : reportFilesFrom(values.report, ['json', 'markdown']);
    checkReportFiles(files);
    const pipelining = counts('--pipelining', values.pipelining ?? (quick ? '1' : '1,10'));
    const bench: HttpBenchOptions = {
      loads: pipelining.flatMap((each) =>
        counts('--connections', values.connections).map((connections) => ({
          connections,
          pipelining: each,
        })),
      ),
      seconds: count('--seconds', values.seconds ?? (quick ? '2' : '5')),
      rounds: count('--rounds', values.rounds ?? (quick ? '1' : '3')),
      url: url === undefined ? undefined : checkedUrl(url),
      bus,
      token,
    };
    if (token !== undefined && url === undefined) {
      throw new UsageError('bench http: --token goes with --url only');
    }
    if (bus !== undefined && url !== undefined) {
      throw new UsageError(
        'bench http: --bus is behind the adapter, --url instead of it: give one',
      );
    }
    let report: HttpReport;
    try {
      report = await runHttpBench(bench);
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      process.stderr.write(`stdio-bus-kit: bench http: ${printable(error.message)}\n`);
      return exitCodes.unavailable;
    }
    const { machine, results } = report;
    if (!files.some(({ file }) => file === '-')) {
      process.stdout.write(`${machineText(machine)}\n\n${httpTable(results)}`);
    }
    const markdown = () => markdownFrom(report);
    const forms = { json: report, markdown, excerpt: { name: 'bench http', markdown } };
    if (!(await writeReportFiles(forms, files))) return exitCodes.outputError;
    return results.some((result) => errorsOf(result) > 0) ? exitCodes.invalid : exitCodes.ok;
  },
};

function counts(option: string, text: string): number[] {
  return text.split(',').map((each) => count(option, each));
}

function count(option: string, text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new UsageError(`bench http: ${option} is a whole number from 1 to 99999, not "${text}"`);
}

function checkedUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError(
    `bench http: --url is a URL such as http://127.0.0.1:9400/v1/rpc, not "${text}"`,
  );
}
