import { type Command, type CommandEntry, UsageError } from '../command.ts';
import { nearestName } from '../schemas/nearest-name.ts';
import { conformExitCodes } from './exit-code.ts';
import { SetUpProblem } from './set-up-problem.ts';

const subcommands: readonly CommandEntry[] = [
  {
    name: 'bus',
    summary: 'run the scenarios against a bus, and judge what happened',
    load: async () => (await import('./bus-command.ts')).busCommand,
  },
  {
    name: 'worker',
    summary: 'play the bus for a worker, and judge what it did',
    load: async () => (await import('./worker-command.ts')).workerCommand,
  },
  {
    name: 'list',
    summary: 'list the scenarios by profile',
    load: async () => (await import('./list-command.ts')).listCommand,
  },
  {
    name: 'explain',
    summary: 'say what a requirement asks for and why, and how it is checked',
    load: async () => (await import('./explain-command.ts')).explainCommand,
  },
  {
    name: 'replay',
    summary: 'judge a recorded history again, without a subject',
    load: async () => (await import('./replay-command.ts')).replayCommand,
  },
  {
    name: 'verify',
    summary: 'tell whether a report is complete, consistent and of this catalogue',
    load: async () => (await import('./verify-command.ts')).verifyCommand,
  },
  {
    name: 'report',
    summary: 'make a page of a report, or a matrix of several side by side',
    load: async () => (await import('./report-command.ts')).reportCommand,
  },
  {
    name: 'badge',
    summary: 'make a badge (SVG) of a report',
    load: async () => (await import('./badge-command.ts')).badgeCommand,
  },
];

const help = `The conformance suite of stdio_bus: which requirements hold, which do not, and what happened.

Usage: stdio-bus-kit conform COMMAND [ARGUMENT …]

Commands:
${subcommands.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`).join('\n')}

  stdio-bus-kit conform COMMAND --help   says more about a command

Examples:
  stdio-bus-kit conform bus -- ./their_bus
  stdio-bus-kit conform bus --only 'AFF-*' --transport tcp -- ./their_bus
  stdio-bus-kit conform worker -- python3 their_worker.py
  stdio-bus-kit conform explain AFF-1
  stdio-bus-kit conform verify report.json
  stdio-bus-kit conform report ours.json theirs.json --report html=matrix.html

Exit codes: 0 conformant (or done), 1 not, 2 inconclusive or nothing ran, 3 the harness or the
set-up failed, 64 wrong usage, 74 the output cannot be written.
`;

/** The command \`conform\`. What is wrong with the set-up ends any part of it with 3. */
export const conformCommand: Command = {
  help,
  subcommands,
  run: async ([name, ...args]) => {
    const entry = subcommands.find((command) => command.name === name);
    if (entry === undefined) throw new UsageError(unknown(name));
    const command = await entry.load();
    try {
      return await command.run(args);
    } catch (error) {
      if (!(error instanceof SetUpProblem)) throw error;
      for (const line of error.message.split('\n')) {
        process.stderr.write(`stdio-bus-kit: ${line}\n`);
      }
      return conformExitCodes.harnessError;
    }
  },
};

function unknown(name: string | undefined): string {
  const names = subcommands.map((command) => command.name);
  if (name === undefined) return `conform: say what: ${names.join(', ')} (--help shows examples)`;
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? '' : `did you mean "${nearest}"? `;
  return `conform: there is no "${name}"; ${hint}it is one of ${names.join(', ')}`;
}
