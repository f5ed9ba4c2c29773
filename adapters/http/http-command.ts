import { type Command, parsedArgs, UsageError } from '../../command.ts';
import {
  adapterOptionsFrom,
  adapterOptionsHelp,
  adapterOptionTypes,
} from '../core/adapter-options.ts';
import { runAdapter } from '../core/adapter-process.ts';

const defaultListen = '127.0.0.1:9400';

const help = `Puts HTTP in front of a bus: requests, streams of frames, and events of sessions.

  POST /v1/rpc                   one frame in, its response out (X-Session-Id: its session)
  POST /v1/frames                frames in and out, a line each (NDJSON)
  GET  /v1/sessions/ID/events    server-sent events; Last-Event-ID goes on after an event
  GET  /openapi.json, /healthz, /readyz

Usage: stdio-bus-kit http --bus BUS [OPTION …]

Options:
${adapterOptionsHelp(defaultListen)}
  --allow-origin O,…     web pages that may call, as in https://app.example; * for all; none by default
  --event-bytes N        bytes of events that are kept for each session that is watched; 1048576 by
                         default
  --retain-events-sec N  how long after the last reader has left; 60 by default

SIGTERM, SIGINT (Ctrl-C) or SIGHUP drain: new requests get 503, what is pending is answered, then the
end. A second signal ends everything at once.

Examples:
  stdio-bus-kit http --bus embedded:config.json
  stdio-bus-kit http --bus unix:/run/bus.sock --listen 0.0.0.0:9400 --tls-cert cert.pem \\
    --tls-key key.pem --token-file tokens.txt
  curl http://127.0.0.1:9400/v1/rpc -H 'X-Session-Id: s1' -d '{"id":1,"method":"say"}'

Exit codes: 0 drained, 1 it cannot listen, 64 wrong usage, 69 the bus cannot be reached, 78 bad
configuration.
`;

const options = {
  ...adapterOptionTypes,
  'allow-origin': { type: 'string' },
  'event-bytes': { type: 'string', default: '1048576' },
  'retain-events-sec': { type: 'string', default: '60' },
} as const;

/** The command `http`. */
export const httpCommand: Command = {
  help,
  async run(args) {
    const { positionals, values } = parsedArgs('http', { args, options });
    if (positionals.length > 0) throw new UsageError(`http: "${positionals[0]}" is too much`);
    const common = adapterOptionsFrom('http', values, defaultListen);
    const httpOptions = {
      allowedOrigins: values['allow-origin']?.split(','),
      maxEventBytes: count('--event-bytes', values['event-bytes']),
      retainEventsMs: 1000 * count('--retain-events-sec', values['retain-events-sec']),
    };
    const exitCode = await runAdapter('http', common, async (context) => {
      const { createHttpAdapter } = await import('./http-adapter.ts');
      return createHttpAdapter({ ...common, ...httpOptions, ...context });
    });
    // Whoever is still connected does not keep an ended adapter.
    process.exit(exitCode);
  },
};

function count(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`http: ${option} is a whole number, not "${text}"`);
}
