import { type Command, exitCodes } from '../../command.ts';
import { suiteFromPackage } from '../../suite.ts';
import { runDaemon } from './daemon.ts';
import { busOptionsFromArgs } from './daemon-options.ts';
import type { DaemonParts } from './daemon-parts.ts';

const help = `stdio_bus: the reference bus of stdio-bus-kit, as a daemon.

Starts the workers of a configuration, and routes the JSON-RPC frames of clients to them by their
top-level sessionId.

Usage: stdio_bus (--config FILE | --config-fd N) [--stdio | --tcp HOST:PORT | --unix PATH]

Options:
  --config FILE     read the configuration from a file (JSON)
  --config-fd N     read it from an open descriptor
  --stdio           one client: this process's own stdin and stdout (the default)
  --tcp HOST:PORT   listen on TCP; [::1]:9000 for IPv6, port 0 for any free one, which is printed;
                    without a host, on 127.0.0.1
  --unix PATH       listen on a Unix socket, with mode 0600
  --version         print the version
  -h, --help        print this

SIGTERM, SIGINT, SIGHUP, or the end of stdin with --stdio, drain: nothing new is taken, what is
pending is finished, the workers are ended. A second signal ends everything at once.

Examples:
  stdio_bus --config config.json --tcp 127.0.0.1:9000
  stdio_bus --config config.json --unix /run/user/1000/bus.sock
  stdio-bus-kit serve --help     # the same bus with several listeners, metrics, traces and --check

Exit codes: 0 drained, 1 the bus could not start or go on, 64 wrong usage, 78 bad configuration.
`;

/** The drop-in daemon: the flags are those of stdio_bus daemons in the field (CFG-5). */
export const stdioBusCommand: Command = createStdioBusCommand();

/** The same, of other parts. */
export function createStdioBusCommand(parts: Partial<DaemonParts> = {}): Command {
  return {
    help,
    run: async (args) => {
      if (args.includes('--help') || args.includes('-h')) {
        process.stdout.write(help);
        return exitCodes.ok;
      }
      if (args.includes('--version')) {
        process.stdout.write(`${suiteFromPackage().version}\n`);
        return exitCodes.ok;
      }
      return runDaemon(busOptionsFromArgs(args), parts);
    },
  };
}
