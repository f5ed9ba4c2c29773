#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { type CommandEntry, exitCodes, UsageError } from './command.ts';
import { commands as referenceCommands } from './reference/commands.ts';
import { commands as schemaCommands } from './schemas/commands.ts';

const commands: readonly CommandEntry[] = [...referenceCommands, ...schemaCommands];

const help = `The protocol toolkit and conformance suite for stdio_bus.

Usage: stdio-bus-kit COMMAND [ARGUMENT …]

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

  stdio-bus-kit COMMAND --help   says more about a command
  stdio-bus-kit --version        prints the version

Examples:
  stdio-bus-kit validate frames.ndjson
  stdio-bus-kit validate --schema bus-config config.json
  stdio-bus-kit schema show bus-config
`;

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined) {
    process.stderr.write(help);
    return exitCodes.usage;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help);
    return exitCodes.ok;
  }
  if (name === '--version') {
    process.stdout.write(`${version()}\n`);
    return exitCodes.ok;
  }
  const entry = commands.find((command) => command.name === name);
  if (entry === undefined) {
    throw new UsageError(`there is no command "${name}"; stdio-bus-kit --help lists them`);
  }
  const command = await entry.load();
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(command.help);
    return exitCodes.ok;
  }
  return command.run(args);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

// Whoever read our output has gone: nobody is left to tell anything.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? exitCodes.ok);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`stdio-bus-kit: ${error.message}\n`);
  process.exitCode = exitCodes.usage;
}
