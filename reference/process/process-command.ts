import { type Command, exitCodes, parsedArgs, printable, UsageError } from '../../command.ts';
import { type CreateProcessWorkerOptions, createProcessWorker } from './create-process-worker.ts';
import { createSandboxProbe } from './sandbox-probe.ts';

const help = `A worker that runs commands for its clients: the process profile (spec/process.md).

Usage: stdio-bus-kit worker process [OPTION …]

What may be started:
  --root DIR,…             cwd has to be in one of these folders, links followed; anywhere by
                           default. It confines no command: that takes a sandbox
  --inherit-env NAME,…     variables that commands have from this worker where "env" does not give
                           them; none by default
  --deny-env PATTERN,…     variables that "env" must not give, with * and ?, such as "LD_*"
  --max-processes N        commands that run at a time, 1000 by default; then the error -32001

What a sandbox denied, if commands run in one ("sandboxDenied" is false otherwise):
  --denied-exit-code N,…   exit codes that say so
  --denied-stderr TEXT     text on stderr that shows it, in a command that failed

What is kept:
  --retain-bytes N         output of each command, 1048576 by default; the profile asks for no less
  --retain-sec N           seconds that a command is kept once closed; 30 by default, no less
  --max-frame-bytes N      the bus's max_input_buffer; 1048576 by default

As a worker:
  --dialect NAME           jsonrpc (the default) or codex
  --session-id-field NAME  the bus's routing.session_id_field; sessionId by default
  --drain-timeout-sec N    end all commands within N seconds of SIGTERM or the end of stdin; 25 by
                           default. Less than the bus's drain_timeout_sec
  -h, --help               print this

There are no terminals: a start with "tty" true gets the error -32602.

Examples:
  stdio-bus-kit worker process --root /srv/projects --inherit-env PATH,HOME,LANG
  stdio-bus-kit worker process --deny-env 'LD_*,NODE_OPTIONS' --denied-stderr 'not permitted'

As a pool of a bus:
  {"id": "commands", "command": "stdio-bus-kit", "args": ["worker", "process", "--root", "/srv"]}

Exit codes: 0 drained, 1 the time to drain was over before, 64 wrong usage, 66 a folder of --root is
not there, 130 or 143 a second signal.
`;

const options = {
  root: { type: 'string' },
  'inherit-env': { type: 'string' },
  'deny-env': { type: 'string' },
  'max-processes': { type: 'string', default: '1000' },
  'denied-exit-code': { type: 'string' },
  'denied-stderr': { type: 'string' },
  'retain-bytes': { type: 'string', default: '1048576' },
  'retain-sec': { type: 'string', default: '30' },
  'max-frame-bytes': { type: 'string', default: '1048576' },
  dialect: { type: 'string', default: 'jsonrpc' },
  'session-id-field': { type: 'string', default: 'sessionId' },
  'drain-timeout-sec': { type: 'string', default: '25' },
} as const;

/** The command `worker process`. */
export const processCommand: Command = {
  help,
  run: async (args) => {
    const { positionals, values } = parsedArgs('worker process', { args, options });
    if (positionals.length > 0) throw usage(`it takes no argument such as "${positionals[0]}"`);
    const { dialect } = values;
    if (dialect !== 'jsonrpc' && dialect !== 'codex') {
      throw usage(`--dialect is jsonrpc or codex, not "${dialect}"`);
    }
    const exitCodesOfDenial = listFrom(values['denied-exit-code']).map((code) =>
      numberFrom('--denied-exit-code', code, 0),
    );
    const workerOptions: CreateProcessWorkerOptions = {
      dialect,
      // Behind a bus there are many clients, and each begins with its own.
      repeatsInitialize: true,
      roots: listFrom(values.root),
      inheritedEnv: listFrom(values['inherit-env']),
      deniedEnv: listFrom(values['deny-env']),
      maxProcesses: numberFrom('--max-processes', values['max-processes'], 1),
      sandboxProbe: createSandboxProbe({
        exitCodes: exitCodesOfDenial,
        stderrTexts: values['denied-stderr'] === undefined ? [] : [values['denied-stderr']],
      }),
      retainedBytes: numberFrom('--retain-bytes', values['retain-bytes'], 1),
      retentionMs: numberFrom('--retain-sec', values['retain-sec'], 0) * 1000,
      maxWrittenFrameBytes: numberFrom('--max-frame-bytes', values['max-frame-bytes'], 32_768),
      sessionIdField: fieldFrom(values['session-id-field']),
      drainTimeoutMs: numberFrom('--drain-timeout-sec', values['drain-timeout-sec'], 0.001) * 1000,
    };
    try {
      createProcessWorker(workerOptions);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      process.stderr.write(`stdio-bus-kit: ${printable(`--root cannot be used: ${message}`)}\n`);
      return exitCodes.noInput;
    }
    // The worker has the process now, and ends it.
    return new Promise(() => {});
  },
};

function usage(problem: string): UsageError {
  return new UsageError(`worker process: ${problem} (--help shows examples)`);
}

function listFrom(value: string | undefined): string[] {
  return (value ?? '').split(',').filter((each) => each !== '');
}

function numberFrom(option: string, value: string, least: number): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isFinite(number) && number >= least) return number;
  throw usage(`${option} is a number of ${least} or more, not "${value}"`);
}

function fieldFrom(value: string): string {
  if (value !== '' && !['id', 'method', 'pool', 'result', 'error'].includes(value)) return value;
  throw usage(`the session id cannot be in the member "${value}"`);
}
