#!/usr/bin/env node
import { exitCodes } from './command.ts';

// The drop-in daemon. Its flags are those of stdio_bus daemons in the field (CFG-5).

const help = `stdio_bus: the reference bus of stdio-bus-kit, as a daemon.

Usage: stdio_bus --config FILE [--stdio | --tcp HOST:PORT | --unix PATH]

This version has no daemon yet: it holds the contract (schemas, validators, test vectors,
specification). To check a configuration:

  stdio-bus-kit validate --schema bus-config FILE
`;

if (process.argv.includes('--help')) process.stdout.write(help);
else {
  process.stderr.write('stdio_bus: this version has no daemon yet; see stdio_bus --help\n');
  process.exitCode = exitCodes.unavailable;
}
