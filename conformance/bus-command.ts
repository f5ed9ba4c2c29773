import { type Command, UsageError } from '../command.ts';
import { type AdapterName, adapterNames } from './adapter/adapter-front.ts';
import { stepsFromText } from './chaos/step-list.ts';
import { wordsFrom } from './command-words.ts';
import { runFlags, runFlagsHelp, runOptionsFrom } from './run-flags.ts';
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
  --via NAME            reach the bus through this adapter of the kit: grpc; the bus listens on TCP
  --profile NAMES       core, lifecycle, flow, config, security, extensions; default: all
  --steps LIST          with chaos: carry out only these steps of the schedule, as a failure names them
${runFlagsHelp(21, 'AFF-*, drain/*')}

Examples:
  stdio-bus-kit conform bus -- ./their_bus
  stdio-bus-kit conform bus --transport tcp --profile core -- ./their_bus --quiet
  stdio-bus-kit conform bus -- ./their_bus serve -c {config} -l {host}:{port}
  stdio-bus-kit conform bus --only 'RST-*' --repeat 5 --keep /tmp/run -- ./their_bus
  stdio-bus-kit conform bus --via grpc -- ./their_bus
  stdio-bus-kit conform bus --report html=report.html,json=report.json -- ./their_bus

Exit codes: 0 conformant, 1 not, 2 inconclusive or nothing ran, 3 the harness or the set-up failed,
64 wrong usage, 74 the output cannot be written, 130 interrupted.
`;

const options = {
  ...runFlags,
  capabilities: { type: 'string' },
  transport: { type: 'string' },
  via: { type: 'string' },
  profile: { type: 'string', default: 'all' },
  steps: { type: 'string' },
} as const;

/** The command `conform bus`. */
export const busCommand: Command = {
  help,
  run: async (args) => conformBus(runOptionsFromArgs(args)),
};

function runOptionsFromArgs(args: string[]): BusRunOptions {
  const { command, values } = wordsFrom('bus', args, options);
  const subject = subjectFromArgs({
    command,
    manifest: values.subject,
    capabilities: values.capabilities,
  });
  const via = viaFrom(values.via);
  const own = transportsOf(subject).filter((name) => via === undefined || name === 'tcp');
  const transports =
    values.transport === undefined
      ? own
      : nameListFromOption('--transport', values.transport, allTransports).filter(
          (name) => values.transport !== 'all' || own.includes(name),
        );
  if (via !== undefined && (own.length === 0 || transports.some((name) => name !== 'tcp'))) {
    throw new UsageError('conform bus: --via needs a bus on TCP, and --transport tcp or none');
  }
  return {
    ...runOptionsFrom(values, subject),
    subject,
    words: {
      flags: [
        ...(values.subject === undefined ? [] : ['--subject', values.subject]),
        ...(values.capabilities === undefined ? [] : ['--capabilities', values.capabilities]),
        ...(via === undefined ? [] : ['--via', via]),
      ],
      command,
    },
    transports,
    via,
    hasAllTransports: own,
    profiles: nameListFromOption('--profile', values.profile, busProfiles),
    hasAllProfiles: busProfiles,
    steps: stepsFrom(values.steps),
  };
}

function viaFrom(name: string | undefined): AdapterName | undefined {
  if (name === undefined) return undefined;
  const found = adapterNames.find((each) => each === name);
  if (found !== undefined) return found;
  throw new UsageError(`--via is one of ${adapterNames.join(', ')}, not "${name}"`);
}

function stepsFrom(text: string | undefined): ReadonlySet<number> | undefined {
  if (text === undefined) return undefined;
  const steps = stepsFromText(text);
  if (steps !== undefined) return steps;
  throw new UsageError(`--steps is a list of numbers such as 0-4,7, not "${text}"`);
}
