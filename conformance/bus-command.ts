import { parseArgs } from 'node:util';
import { type Command, parsed, UsageError } from '../command.ts';
import { stepsFromText } from './chaos/step-list.ts';
import { runFlags, runOptionsFrom } from './run-flags.ts';
import { type BusRunOptions, conformBus } from './runner/conform-bus.ts';
import { nameListFromOption } from './selection/name-list.ts';
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
  ...runFlags,
  capabilities: { type: 'string' },
  transport: { type: 'string' },
  profile: { type: 'string', default: 'all' },
  steps: { type: 'string' },
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
  const own = transportsOf(subject);
  return {
    ...runOptionsFrom(values, subject),
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
    steps: stepsFrom(values.steps),
  };
}

function stepsFrom(text: string | undefined): ReadonlySet<number> | undefined {
  if (text === undefined) return undefined;
  const steps = stepsFromText(text);
  if (steps !== undefined) return steps;
  throw new UsageError(`--steps is a list of numbers such as 0-4,7, not "${text}"`);
}
