import type { Command } from '../../command.ts';
import { runDaemon } from './daemon.ts';
import { serveOptionsFromArgs } from './daemon-options.ts';

const help = `Runs the reference bus: starts the workers of a configuration, and routes the JSON-RPC frames of
clients to them by their top-level sessionId.

Usage: stdio-bus-kit serve (--config FILE | --config-fd N) [OPTION …]

Options:
  --config FILE          read the configuration from a file (JSON)
  --config-fd N          read it from an open descriptor
  --tcp HOST:PORT        listen on TCP; [::1]:9000 for IPv6, port 0 for any free one, which is
                         printed; without a host, on 127.0.0.1. May be given several times
  --unix PATH            listen on a Unix socket, with mode 0600. May be given several times
  --stdio                one more client: this process's own stdin and stdout; its end drains the
                         bus. The default where nothing else is listened on
  --admin HOST:PORT      answer /metrics (Prometheus), /healthz, /readyz and /status over HTTP;
                         without a host, on 127.0.0.1
  --log-level LEVEL      info (the default), warn, error or silent; where the bus listens is always
                         printed
  --log-format FORMAT    text (the default), or json: pino's lines. Both on stderr
  --trace-endpoint URL   send OpenTelemetry spans over OTLP/HTTP, for frames with a traceparent in
                         _ext.trace; without a path, to /v1/traces
  --check                say what would run, and what is wrong; start nothing
  -h, --help             print this

SIGTERM, SIGINT (Ctrl-C), SIGHUP, or the end of stdin with --stdio, drain: nothing new is taken,
what is pending is finished, the workers are ended. A second signal ends everything at once.

Examples:
  stdio-bus-kit serve --config config.json --check
  stdio-bus-kit serve --config config.json --tcp 9000 --unix /run/user/1000/bus.sock
  stdio-bus-kit serve --config config.json --tcp 9000 --admin 9100 --log-format json
  stdio-bus-kit serve --config config.json --tcp 9000 --trace-endpoint http://127.0.0.1:4318
  curl -s http://127.0.0.1:9100/readyz

Exit codes: 0 drained, 1 the bus could not start or go on, 64 wrong usage, 78 bad configuration.
`;

/** The command `serve`. */
export const serveCommand: Command = {
  help,
  // Whoever is still connected does not keep an ended bus.
  run: async (args) => process.exit(await runDaemon(serveOptionsFromArgs(args))),
};
