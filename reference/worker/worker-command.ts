import { type Command, type CommandEntry, UsageError } from '../../command.ts';

const subcommands: readonly CommandEntry[] = [
  {
    name: 'wrap',
    summary: 'put a stdio server that knows nothing of sessions behind the worker contract',
    load: async () => (await import('./wrap-command.ts')).wrapCommand,
  },
  {
    name: 'process',
    summary: 'run commands for clients: the process profile',
    load: async () => (await import('../process/process-command.ts')).processCommand,
  },
];

const help = `Workers for a bus.

Usage: stdio-bus-kit worker COMMAND [ARGUMENT …]

Commands:
${subcommands.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`).join('\n')}

  stdio-bus-kit worker COMMAND --help   says more about a command

Examples:
  stdio-bus-kit worker wrap -- npx -y @modelcontextprotocol/server-everything
  stdio-bus-kit worker process --root /srv/projects --inherit-env PATH,HOME

Exit codes: those of the command; 64 wrong usage.
`;

/** The command `worker`. */
export const workerCommand: Command = {
  help,
  subcommands,
  run: async ([name, ...args]) => {
    const entry = subcommands.find((command) => command.name === name);
    if (entry !== undefined) return (await entry.load()).run(args);
    const names = subcommands.map((command) => command.name).join(', ');
    const what = name === undefined ? 'say what' : `there is no "${name}"; it is one of`;
    throw new UsageError(`worker: ${what}: ${names} (--help shows examples)`);
  },
};
