import { writeFileSync } from 'node:fs';
import { type Command, exitCodes, parsedArgs, UsageError } from '../../command.ts';
import { StartError } from '../latency/subject/started-process.ts';
import { machineText, thisMachine } from '../report/machine.ts';
import { type HttpBenchOptions, type HttpResult, runHttpBench } from './http-bench.ts';
import { errorsOf, httpTable, ratioOf } from './http-table.ts';

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
  --json FILE         every sample, with the machine and the options
  -h, --help          print this

Latencies are whole milliseconds, as autocannon counts them.

Examples:
  stdio-bus-kit bench http --quick
  stdio-bus-kit bench http --connections 10 --pipelining 1 --json http.json

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
  json: { type: 'string' },
} as const;

/** The command `bench http`. */
export const httpCommand: Command = {
  help,
  async run(args) {
    const { positionals, values } = parsedArgs('bench http', { args, options });
    if (positionals.length > 0) throw new UsageError(`bench http: "${positionals[0]}" is too much`);
    const { quick, url, bus, token, json } = values;
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
    let results: HttpResult[];
    try {
      results = await runHttpBench(bench);
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      process.stderr.write(`stdio-bus-kit: bench http: ${error.message}\n`);
      return exitCodes.unavailable;
    }
    const machine = thisMachine();
    process.stdout.write(`${machineText(machine)}\n\n${httpTable(results)}`);
    if (
      json !== undefined &&
      !isWritten(json, { machine, options: { ...bench, token: undefined }, results })
    ) {
      return exitCodes.outputError;
    }
    return results.some((result) => errorsOf(result) > 0) ? exitCodes.invalid : exitCodes.ok;
  },
};

interface Written {
  readonly machine: object;
  readonly options: object;
  readonly results: readonly HttpResult[];
}

function isWritten(file: string, { results, ...rest }: Written): boolean {
  const withRatios = results.map((result) => ({ ...result, ratio: ratioOf(result) }));
  try {
    writeFileSync(file, `${JSON.stringify({ ...rest, results: withRatios }, null, 2)}\n`);
    return true;
  } catch (error) {
    process.stderr.write(`stdio-bus-kit: bench http: ${(error as Error).message}\n`);
    return false;
  }
}

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
