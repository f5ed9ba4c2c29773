#!/usr/bin/env node
import { commands as adapterCommands } from './adapters/commands.ts';
import { commands as benchCommands } from './bench/commands.ts';
import { type Command, type CommandEntry, exitCodes, printable, UsageError } from './command.ts';
import { commands as conformanceCommands } from './conformance/commands.ts';
import { commands as referenceCommands } from './reference/commands.ts';
import { commands as schemaCommands } from './schemas/commands.ts';
import { suiteFromPackage } from './suite.ts';

const commands: readonly CommandEntry[] = [
  ...conformanceCommands,
  ...referenceCommands,
  ...adapterCommands,
  ...schemaCommands,
  ...benchCommands,
];

const help = `The protocol toolkit and conformance suite for stdio_bus.

Usage: stdio-bus-kit COMMAND [ARGUMENT …]

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

  stdio-bus-kit help COMMAND     says more about a command, as COMMAND --help does
  stdio-bus-kit --version        prints the version

Examples:
  stdio-bus-kit validate frames.ndjson
  stdio-bus-kit validate --schema bus-config config.json
  stdio-bus-kit schema show bus-config
  stdio-bus-kit conform bus -- ./their_bus
`;

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined) {
    process.stderr.write(help);
    return exitCodes.usage;
  }
  const [first, ...rest] = args;
  if (name === '--help' || name === '-h' || (name === 'help' && first === undefined)) {
    process.stdout.write(help);
    return exitCodes.ok;
  }
  if (name === 'help') {
    const command = await commandNamed(String(first));
    const surplus = rest.find((word, index) => index > 0 || !isSubcommand(command, word));
    if (surplus !== undefined) throw new UsageError(`help: "${surplus}" is too much`);
    process.stdout.write(await helpOf(command, rest));
    return exitCodes.ok;
  }
  if (name === '--version') {
    process.stdout.write(`${suiteFromPackage().version}\n`);
    return exitCodes.ok;
  }
  const command = await commandNamed(name);
  if (asksForHelp(args)) {
    process.stdout.write(await helpOf(command, args));
    return exitCodes.ok;
  }
  return command.run(args);
}

/** The help of a command, or of the one of its own that the arguments begin with. */
async function helpOf(command: Command, [first]: readonly string[]): Promise<string> {
  const entry = command.subcommands?.find(({ name }) => name === first);
  return entry === undefined ? command.help : (await entry.load()).help;
}

function isSubcommand({ subcommands = [] }: Command, word: string): boolean {
  return subcommands.some(({ name }) => name === word);
}

async function commandNamed(name: string): Promise<Command> {
  const entry = commands.find((command) => command.name === name);
  if (entry !== undefined) return entry.load();
  throw new UsageError(`there is no command "${name}"; stdio-bus-kit --help lists them`);
}

/** After `--`, a file may have any name. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read our output has gone: nobody is left to tell anything.
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCodes.ok);
  const reason = error.code === 'ENOSPC' ? 'no space is left' : (error.code ?? error.message);
  process.stderr.write(`stdio-bus-kit: cannot write the output: ${reason}\n`);
  process.exit(exitCodes.outputError);
});
// Without stderr, the exit code says enough.
process.stderr.on('error', () => {});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`stdio-bus-kit: ${printable(error.message)}\n`);
  process.exitCode = exitCodes.usage;
}
