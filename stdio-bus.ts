#!/usr/bin/env node
import { exitCodes, UsageError } from './command.ts';
import { stdioBusCommand } from './reference/daemon/stdio-bus-command.ts';

let exitCode: number;
try {
  exitCode = await stdioBusCommand.run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`stdio_bus: ${error.message}\n`);
  exitCode = exitCodes.usage;
}
// Open connections do not keep an ended bus.
process.exit(exitCode);
