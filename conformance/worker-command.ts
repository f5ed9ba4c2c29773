import { type Command, UsageError } from '../command.ts';
import type { WorkerSubject } from '../schemas/generated/worker-subject.ts';
import { wordsFrom } from './command-words.ts';
import { runFlags, runFlagsHelp, runOptionsFrom } from './run-flags.ts';
import { conformWorker, type WorkerRunOptions } from './runner/conform-worker.ts';
import { nameListFromOption } from './selection/name-list.ts';
import { commandName } from './subject/subject-identity.ts';
import { initWorkerManifest } from './worker-init/init-worker-manifest.ts';
import { codexHandshake } from './worker-init/usual-handshakes.ts';
import { workerManifestFrom } from './worker-manifest.ts';

const help = `Plays the bus for a worker: starts it with pipes, drives it, and judges what it did.

Usage: stdio-bus-kit conform worker [OPTION …] -- COMMAND …
       stdio-bus-kit conform worker [OPTION …] --subject FILE
       stdio-bus-kit conform worker --init [--output FILE] -- COMMAND …

COMMAND is the worker, with its arguments, as a pool of a bus would start it; no shell is involved.
Nothing need be known of its methods: one that it does not know has to be answered with an error. A
manifest names requests that it does know, and so lets more be judged.

Options:
  --subject FILE     a manifest (YAML or JSON): command, dialect, handshake, requests, environment
  --init             start COMMAND, find its dialect, and write a first manifest with comments
  --output FILE      where --init writes; default: standard output
  --dialect NAME     jsonrpc (the default) or codex; a manifest names its own
  --profile NAMES    worker, process; default: those that the manifest claims, else worker
${runFlagsHelp(18, 'WRK-7, ids/*')}

Examples:
  stdio-bus-kit conform worker -- python3 my_worker.py
  stdio-bus-kit conform worker --dialect codex -- codex app-server --worker
  stdio-bus-kit conform worker --init --output worker.yaml -- ./my_worker
  stdio-bus-kit conform worker --subject worker.yaml --only 'WRK-7,WRK-8' --repeat 5

Exit codes: 0 conformant, 1 not, 2 inconclusive or nothing ran, 3 the harness or the set-up failed,
64 wrong usage, 74 the output cannot be written, 130 interrupted.
`;

const options = {
  ...runFlags,
  profile: { type: 'string' },
  dialect: { type: 'string' },
  init: { type: 'boolean', default: false },
  output: { type: 'string' },
} as const;

/** The command `conform worker`. */
export const workerCommand: Command = {
  help,
  run: async (args) => {
    const { command, values } = wordsFrom('worker', args, options);
    if (values.init) {
      if (command.length === 0) throw new UsageError('conform worker: --init needs -- COMMAND');
      if (values.subject !== undefined) {
        throw new UsageError('conform worker: --init writes a manifest: leave out --subject');
      }
      return initWorkerManifest(command, values.output);
    }
    if (values.output !== undefined) throw new UsageError('conform worker: --output is for --init');
    return conformWorker(runOptionsFromWords(command, values));
  },
};

type Values = ReturnType<typeof wordsFrom<typeof options>>['values'];

function runOptionsFromWords(command: readonly string[], values: Values): WorkerRunOptions {
  const subject = subjectFrom(command, values);
  // A command without a manifest claims what it is asked for.
  const isAsked = values.subject === undefined && values.profile !== undefined;
  const claimed = subject.profiles ?? (isAsked ? ['worker', 'process'] : ['worker']);
  const profiles =
    values.profile === undefined
      ? claimed
      : nameListFromOption('--profile', values.profile, claimed);
  return {
    ...runOptionsFrom(values, subject),
    subject: isAsked ? { ...subject, profiles: [...profiles] } : subject,
    words: {
      flags: [
        ...(values.subject === undefined ? [] : ['--subject', values.subject]),
        ...(values.dialect === undefined ? [] : ['--dialect', values.dialect]),
        ...(isAsked ? ['--profile', values.profile ?? 'all'] : []),
      ],
      command,
    },
    profiles,
    hasAllProfiles: claimed,
    steps: undefined,
  };
}

function subjectFrom(command: readonly string[], { subject, dialect }: Values): WorkerSubject {
  if (subject !== undefined) {
    if (command.length > 0) throw new UsageError('give --subject FILE, or a command; not both');
    if (dialect !== undefined) {
      throw new UsageError('--dialect goes with a command; a manifest names its own');
    }
    return workerManifestFrom(subject);
  }
  if (command.length === 0) {
    throw new UsageError('conform worker: say which worker: -- COMMAND, or --subject FILE');
  }
  if (dialect !== undefined && dialect !== 'jsonrpc' && dialect !== 'codex') {
    throw new UsageError(`--dialect is jsonrpc or codex, not "${dialect}"`);
  }
  return {
    name: commandName(command),
    command: [...command],
    ...(dialect === undefined
      ? {}
      : { dialect, ...(dialect === 'codex' && { handshake: codexHandshake }) }),
  };
}
