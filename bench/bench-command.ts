import { type Command, type CommandEntry, UsageError } from '../command.ts';
import { nearestName } from '../schemas/nearest-name.ts';

const subcommands: readonly CommandEntry[] = [
  {
    name: 'bus',
    summary: 'any number of buses under the same load, side by side',
    load: async () => (await import('./bus-command.ts')).busCommand,
  },
  {
    name: 'http',
    summary: 'the HTTP adapter beside a bare node:http server',
    load: async () => (await import('./http/http-command.ts')).httpCommand,
  },
  {
    name: 'latency',
    summary: 'where the time of a remote call goes, and what events save over reading',
    load: async () => (await import('./latency/latency-command.ts')).latencyCommand,
  },
  {
    name: 'size',
    summary: 'how many workers for so many users: measures your worker, and recommends',
    load: async () => (await import('./size/size-command.ts')).sizeCommand,
  },
  {
    name: 'compare',
    summary: 'two latency reports: ratios, with confidence intervals',
    load: async () => (await import('./latency/compare/compare-command.ts')).compareCommand,
  },
];

const help = `Benchmarks: buses side by side, and the right number of workers.

Usage: stdio-bus-kit bench COMMAND [OPTION …]

Commands:
${subcommands.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`).join('\n')}

  stdio-bus-kit bench COMMAND --help   says more about a command

Examples:
  stdio-bus-kit bench bus --quick
  stdio-bus-kit bench bus --subject ours='node our-bus.js' --subject theirs='./their_bus'
  stdio-bus-kit bench size --config config.json --request '{"method":"echo"}' --sessions 500 --p99 300

Exit codes: 0 measured, 1 something was lost or died (bus) or no number is enough (size), 64 wrong
usage, 66 a file cannot be read, 69 the worker cannot be measured, 74 the output cannot be written,
130 interrupted.
`;

/** The command `bench`. */
export const benchCommand: Command = {
  help,
  subcommands,
  run: async ([name, ...args]) => {
    const entry = subcommands.find((command) => command.name === name);
    if (entry === undefined) throw new UsageError(unknown(name));
    return (await entry.load()).run(args);
  },
};

function unknown(name: string | undefined): string {
  const names = subcommands.map((command) => command.name);
  if (name === undefined) return `bench: say what: ${names.join(' or ')} (--help shows examples)`;
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? '' : `did you mean "${nearest}"? `;
  return `bench: there is no "${name}"; ${hint}it is one of ${names.join(', ')}`;
}
