import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Command, parsed, UsageError } from '../command.ts';
import { stepsFromText } from './chaos/step-list.ts';
import { reportDestinationsFromOption } from './report/report-destination.ts';
import { type BusRunOptions, conformBus } from './runner/conform-bus.ts';
import { nameListFromOption, textListFromOption } from './selection/name-list.ts';
import { allTransports } from './selection/selection.ts';
import { transportsOf } from './subject/bus-command.ts';
import { subjectFromArgs } from './subject/subject-from-args.ts';

const busProfiles = ['core', 'lifecycle', 'flow', 'config', 'security', 'extensions'] as const;

const help = `Drives a bus through the scenarios of the conformance suite, and judges what happened.

Usage: stdio-bus-kit conform bus [OPTION …] [-- COMMAND …]

COMMAND is the bus, with its arguments: the suite adds --config FILE and --tcp HOST:PORT, --unix PATH
or --stdio. A bus with other flags names the places itself: {config}, {host}, {port}, {socket}.
Without a COMMAND the reference bus of the kit is driven. No shell is involved.

Options:
  --subject FILE        a manifest (YAML or JSON): commands per transport, capabilities, environment
  --capabilities NAMES  what COMMAND declares, divided by commas: hello, stats, ext-passthrough,
                        session-lost, trace, bus-errors; default: none
  --transport NAMES     tcp, unix, stdio or all; default: those that the bus has
  --profile NAMES       core, lifecycle, flow, config, security, extensions; default: all
  --only PATTERNS       only scenarios whose id, or a requirement they check, matches: AFF-*, drain/*
  --skip PATTERNS       none of these
  --repeat N            run each scenario so often; one that ends differently is reported as unstable
  --seed TEXT           for everything random; default: a new one, named in the report
  --steps LIST          with chaos: carry out only these steps of the schedule, as a failure names them
  --jobs N              scenarios at the same time; default: twice the cores
  --time-scale N        stretches every deadline; default: 1, fitted to this machine's speed
  --fail-fast           stop at the first failure
  --baseline FILE       failures that are known; one that passes now is a failure too
  --update-baseline     write what failed into the baseline (only after a complete run)
  --report LIST         json=FILE,junit=FILE,tap=FILE,markdown=FILE; - is standard output
  --keep DIR            keep the report and every recorded history there; see conform replay
  --trace ID            print the whole history of this scenario on stderr
  -h, --help            print this

Examples:
  stdio-bus-kit conform bus -- ./their_bus
  stdio-bus-kit conform bus --transport tcp --profile core -- ./their_bus --quiet
  stdio-bus-kit conform bus -- ./their_bus serve -c {config} -l {host}:{port}
  stdio-bus-kit conform bus --only 'RST-*' --repeat 5 --keep /tmp/run -- ./their_bus
  stdio-bus-kit conform bus --report json=report.json,junit=report.xml -- ./their_bus

Exit codes: 0 conformant, 1 not, 2 inconclusive or nothing ran, 3 the harness or the set-up failed,
64 wrong usage, 74 the output cannot be written, 130 interrupted.
`;

const options = {
  subject: { type: 'string' },
  capabilities: { type: 'string' },
  transport: { type: 'string' },
  profile: { type: 'string', default: 'all' },
  only: { type: 'string' },
  skip: { type: 'string' },
  repeat: { type: 'string', default: '1' },
  seed: { type: 'string' },
  steps: { type: 'string' },
  jobs: { type: 'string' },
  'time-scale': { type: 'string' },
  'fail-fast': { type: 'boolean', default: false },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean', default: false },
  report: { type: 'string' },
  keep: { type: 'string' },
  trace: { type: 'string' },
} as const;

/** The command `conform bus`. */
export const busCommand: Command = {
  help,
  run: async (args) => conformBus(runOptionsFromArgs(args)),
};

function runOptionsFromArgs(args: string[]): BusRunOptions {
  const end = args.indexOf('--');
  const command = end === -1 ? [] : args.slice(end + 1);
  const { values, positionals } = parsed(() =>
    parseArgs({ args: end === -1 ? args : args.slice(0, end), options, allowPositionals: true }),
  );
  if (positionals.length > 0) {
    throw new UsageError(`conform bus: put the command of the bus after --: -- ${positionals[0]}`);
  }
  if (end !== -1 && command.length === 0)
    throw new UsageError('conform bus: which command? after --');
  const subject = subjectFromArgs({
    command,
    manifest: values.subject,
    capabilities: values.capabilities,
  });
  const baseline = values.baseline ?? subject.baseline;
  if (values['update-baseline'] && baseline === undefined) {
    throw new UsageError('conform bus: --update-baseline needs --baseline FILE');
  }
  const own = transportsOf(subject);
  const jobs =
    values.jobs === undefined
      ? undefined
      : numberFrom('--jobs', values.jobs, { from: 1, to: 256, isWhole: true });
  return {
    subject,
    words: {
      flags: [
        ...(values.subject === undefined ? [] : ['--subject', values.subject]),
        ...(values.capabilities === undefined ? [] : ['--capabilities', values.capabilities]),
      ],
      command,
    },
    transports:
      values.transport === undefined
        ? own
        : nameListFromOption('--transport', values.transport, allTransports).filter(
            (name) => values.transport !== 'all' || own.includes(name),
          ),
    hasAllTransports: own,
    profiles: nameListFromOption('--profile', values.profile, busProfiles),
    hasAllProfiles: busProfiles,
    only: listFrom('--only', values.only),
    skip: listFrom('--skip', values.skip),
    repeat: numberFrom('--repeat', values.repeat, { from: 1, to: 10_000, isWhole: true }),
    seed: seedFrom(values.seed),
    jobs: jobs ?? availableParallelism() * 2,
    idleJobs: jobs ?? availableParallelism() * 5,
    timeScale:
      values['time-scale'] === undefined
        ? (subject.timeScale ?? 1)
        : numberFrom('--time-scale', values['time-scale'], { from: 0.1, to: 100 }),
    isFailFast: values['fail-fast'],
    baselineFile: baseline,
    isBaselineUpdated: values['update-baseline'],
    destinations: values.report === undefined ? [] : reportDestinationsFromOption(values.report),
    keepFolder: values.keep,
    steps: stepsFrom(values.steps),
    traced: values.trace,
  };
}

function listFrom(option: string, text: string | undefined): string[] {
  return text === undefined ? [] : textListFromOption(option, text);
}

function seedFrom(text = String(randomInt(10_000_000, 100_000_000))): string {
  if (/^[0-9A-Za-z_-]{1,64}$/.test(text)) return text;
  throw new UsageError(`--seed is 1 to 64 letters, digits, - and _, not "${text}"`);
}

function stepsFrom(text: string | undefined): ReadonlySet<number> | undefined {
  if (text === undefined) return undefined;
  const steps = stepsFromText(text);
  if (steps !== undefined) return steps;
  throw new UsageError(`--steps is a list of numbers such as 0-4,7, not "${text}"`);
}

function numberFrom(
  option: string,
  text: string,
  { from, to, isWhole = false }: { from: number; to: number; isWhole?: boolean },
): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= from && value <= to && (!isWhole || Number.isInteger(value))) return value;
  const kind = isWhole ? 'a whole number' : 'a number';
  throw new UsageError(`${option} is ${kind} from ${from} to ${to}, not "${text}"`);
}
