import { type Command, type CommandEntry, parsedArgs, UsageError } from '../../command.ts';
import {
  adapterOptionsFrom,
  adapterOptionsHelp,
  adapterOptionTypes,
} from '../core/adapter-options.ts';
import { runAdapter } from '../core/adapter-process.ts';

const defaultListen = '127.0.0.1:9200';

const subcommands: readonly CommandEntry[] = [
  {
    name: 'bridge',
    summary: 'give clients of TCP the bus behind a gRPC adapter',
    load: async () => (await import('./bridge-command.ts')).bridgeCommand,
  },
];

const help = `Puts gRPC in front of a bus: calls, streams of frames, the process profile, health and reflection.

Usage: stdio-bus-kit grpc --bus BUS [OPTION …]
       stdio-bus-kit grpc bridge --grpc HOST:PORT [OPTION …]

Options:
${adapterOptionsHelp(defaultListen)}
SIGTERM, SIGINT (Ctrl-C) or SIGHUP drain: no new calls, streams finish, then the end. A second signal
ends everything at once.

Examples:
  stdio-bus-kit grpc --bus embedded:config.json
  stdio-bus-kit grpc --bus tcp://127.0.0.1:9000 --listen 127.0.0.1:9200
  stdio-bus-kit grpc --bus unix:/run/bus.sock --listen 0.0.0.0:9200 --tls-cert cert.pem \\
    --tls-key key.pem --token-file tokens.txt
  grpcurl -plaintext 127.0.0.1:9200 stdiobus.v1.Bus/Stats

Exit codes: 0 drained, 1 it cannot listen, 64 wrong usage, 69 the bus cannot be reached, 78 bad
configuration.
`;

/** The command `grpc`. */
export const grpcCommand: Command = {
  help,
  subcommands,
  async run(args) {
    const [first, ...rest] = args;
    const subcommand = subcommands.find(({ name }) => name === first);
    if (subcommand !== undefined) return (await subcommand.load()).run(rest);
    const { positionals, values } = parsedArgs('grpc', { args, options: adapterOptionTypes });
    if (positionals.length > 0) throw new UsageError(`grpc: "${positionals[0]}" is too much`);
    const options = adapterOptionsFrom('grpc', values, defaultListen);
    const exitCode = await runAdapter('grpc', options, async (context) => {
      // One after the other: Node 20 may give a half-loaded CommonJS module to two imports at once.
      const { logVerbosity, setLogVerbosity } = await import('@grpc/grpc-js');
      const { createGrpcAdapter } = await import('./grpc-adapter.ts');
      // What it says of a taken port, this command says in its own words.
      setLogVerbosity(logVerbosity.NONE);
      return createGrpcAdapter({ ...options, ...context });
    });
    // Whoever is still connected does not keep an ended adapter.
    process.exit(exitCode);
  },
};
