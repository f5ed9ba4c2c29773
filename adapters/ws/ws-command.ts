import { type Command, parsedArgs, UsageError } from '../../command.ts';
import {
  adapterOptionsFrom,
  adapterOptionsHelp,
  adapterOptionTypes,
} from '../core/adapter-options.ts';
import { runAdapter } from '../core/adapter-process.ts';

const defaultListen = '127.0.0.1:9300';

const help = `Puts WebSockets in front of a bus: one frame a message, text or binary.

Usage: stdio-bus-kit ws --bus BUS [OPTION …]

Options:
${adapterOptionsHelp(defaultListen)}
  --allow-origin O,…     web pages that may connect, as in https://app.example; * for all; none by
                         default. Clients that are no browsers send no origin, and may connect
  --ping-interval-sec N  ping a client that was silent so long; 30 by default, 0 for never
  --ping-timeout-sec N   end its connection where nothing comes so long after; 20 by default

SIGTERM, SIGINT (Ctrl-C) or SIGHUP drain: no new connections, what is pending is answered, then each
connection is closed with 1001. A second signal ends everything at once.

Examples:
  stdio-bus-kit ws --bus embedded:config.json
  stdio-bus-kit ws --bus tcp://127.0.0.1:9000 --listen 127.0.0.1:9300
  stdio-bus-kit ws --bus unix:/run/bus.sock --listen 0.0.0.0:9300 --tls-cert cert.pem \\
    --tls-key key.pem --token-file tokens.txt --allow-origin https://app.example

Exit codes: 0 drained, 1 it cannot listen, 64 wrong usage, 69 the bus cannot be reached, 78 bad
configuration.
`;

const options = {
  ...adapterOptionTypes,
  'allow-origin': { type: 'string' },
  'ping-interval-sec': { type: 'string', default: '30' },
  'ping-timeout-sec': { type: 'string', default: '20' },
} as const;

/** The command `ws`. */
export const wsCommand: Command = {
  help,
  async run(args) {
    const { positionals, values } = parsedArgs('ws', { args, options });
    if (positionals.length > 0) throw new UsageError(`ws: "${positionals[0]}" is too much`);
    const common = adapterOptionsFrom('ws', values, defaultListen);
    const wsOptions = {
      allowedOrigins: values['allow-origin']?.split(','),
      pingIntervalMs: milliseconds('--ping-interval-sec', values['ping-interval-sec']),
      pingTimeoutMs: milliseconds('--ping-timeout-sec', values['ping-timeout-sec']),
    };
    const exitCode = await runAdapter('ws', common, async (context) => {
      const { createWsAdapter } = await import('./ws-adapter.ts');
      return createWsAdapter({ ...common, ...wsOptions, ...context });
    });
    // Whoever is still connected does not keep an ended adapter.
    process.exit(exitCode);
  },
};

function milliseconds(option: string, text: string): number {
  if (/^\d{1,6}(\.\d+)?$/.test(text)) return 1000 * Number(text);
  throw new UsageError(`ws: ${option} is a number of seconds, not "${text}"`);
}
