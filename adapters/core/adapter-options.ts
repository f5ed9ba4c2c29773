import { UsageError } from '../../command.ts';
import { tcpAddress } from '../../reference/bus/listen-address.ts';
import type { DaemonLogOptions } from '../../reference/daemon/daemon-log.ts';
import { checkBusUrl } from './bus-source.ts';

/** The options that every adapter's command has, for `util.parseArgs` (see `parsedArgs`). */
export const adapterOptionTypes = {
  bus: { type: 'string' },
  listen: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'tls-ca': { type: 'string' },
  'token-file': { type: 'string' },
  'insecure-plaintext': { type: 'boolean', default: false },
  'max-frame-bytes': { type: 'string' },
  'max-sessions': { type: 'string' },
  'session-id-field': { type: 'string' },
  'no-stats': { type: 'boolean', default: false },
  'backpressure-timeout-sec': { type: 'string', default: '60' },
  'drain-timeout-sec': { type: 'string', default: '30' },
  'trace-endpoint': { type: 'string' },
  'log-level': { type: 'string', default: 'info' },
  'log-format': { type: 'string', default: 'text' },
} as const;

/** Their help, two spaces in; `defaultListen` is as in `127.0.0.1:9200`. */
export function adapterOptionsHelp(defaultListen: string): string {
  return `  --bus BUS              the bus: embedded:CONFIG.json (started here), tcp://HOST:PORT or unix:PATH
  --listen HOST:PORT     where to listen; ${defaultListen} by default; port 0 for any free one, which is
                         printed
  --tls-cert FILE        serve TLS with this certificate (PEM), and
  --tls-key FILE         this key (PEM)
  --tls-ca FILE          ask clients for a certificate that this one has signed: mutual TLS
  --token-file FILE      ask callers for a bearer token. A line each: TOKEN SUBJECT [ROLE]; a change
                         is taken over at once
  --insecure-plaintext   allow plaintext on an address that is not loopback
  --max-frame-bytes N    the bus's max_input_buffer, where it runs elsewhere; 1048576 by default
  --session-id-field F   the bus's session_id_field, where it runs elsewhere
  --no-stats             for a bus without stdio_bus/stats, which would hand the question to a worker:
                         the adapter is ready while it can be reached
  --backpressure-timeout-sec N
                         the bus's backpressure_timeout_sec, where it runs elsewhere: so long a stream
                         may wait for its reader; 60 by default
  --max-sessions N       sessions that are remembered for their callers; 1000000 by default
  --drain-timeout-sec N  how long a drain may take; 30 by default
  --trace-endpoint URL   send OpenTelemetry spans over OTLP/HTTP, for calls that bring a traceparent
  --log-level LEVEL      info (the default), warn, error or silent
  --log-format FORMAT    text (the default) or json
  -h, --help             print this
`;
}

/** What a command line asks for. */
export interface AdapterOptions {
  readonly bus: string;
  readonly host: string;
  readonly port: number;
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  readonly tlsCa: string | undefined;
  readonly tokenFile: string | undefined;
  readonly isPlaintextAllowed: boolean;
  readonly maxFrameBytes: number | undefined;
  readonly maxSessions: number | undefined;
  readonly sessionIdField: string | undefined;
  readonly hasStats: boolean;
  readonly backpressureTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly traceEndpoint: URL | undefined;
  readonly log: DaemonLogOptions;
}

/** The values that `parsedArgs` gives for `adapterOptionTypes`. */
export type AdapterOptionValues = {
  readonly [N in keyof typeof adapterOptionTypes]: (typeof adapterOptionTypes)[N]['type'] extends 'boolean'
    ? boolean
    : string | undefined;
};

/** Reads the common options. Throws UsageError. */
export function adapterOptionsFrom(
  command: string,
  values: AdapterOptionValues,
  defaultListen: string,
): AdapterOptions {
  const { bus } = values;
  if (bus === undefined) {
    throw new UsageError(`${command}: give --bus embedded:FILE, tcp://HOST:PORT or unix:PATH`);
  }
  checked(`${command}: --bus`, () => checkBusUrl(bus));
  const address = checked(`${command}: --listen`, () => tcpAddress(values.listen ?? defaultListen));
  if (address.transport !== 'tcp') throw new UsageError(`${command}: --listen is HOST:PORT`);
  const count = (option: 'max-frame-bytes' | 'max-sessions') =>
    values[option] === undefined ? undefined : integer(`${command}: --${option}`, values[option]);
  return {
    bus,
    host: address.host,
    port: address.port,
    tlsCert: values['tls-cert'],
    tlsKey: values['tls-key'],
    tlsCa: values['tls-ca'],
    tokenFile: values['token-file'],
    isPlaintextAllowed: values['insecure-plaintext'],
    maxFrameBytes: count('max-frame-bytes'),
    maxSessions: count('max-sessions'),
    sessionIdField: values['session-id-field'],
    hasStats: !values['no-stats'],
    backpressureTimeoutMs:
      1000 * seconds(`${command}: --backpressure-timeout-sec`, values['backpressure-timeout-sec']),
    drainTimeoutMs: 1000 * seconds(`${command}: --drain-timeout-sec`, values['drain-timeout-sec']),
    traceEndpoint: endpointFrom(command, values['trace-endpoint']),
    log: {
      level: oneOf(
        `${command}: --log-level`,
        ['info', 'warn', 'error', 'silent'],
        values['log-level'],
      ),
      format: oneOf(`${command}: --log-format`, ['text', 'json'], values['log-format']),
    },
  };
}

function integer(option: string, text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text) && Number(text) < 2 ** 31) return Number(text);
  throw new UsageError(`${option} is a whole number from 1 to 2147483647, not "${text}"`);
}

function seconds(option: string, text = ''): number {
  if (/^\d{1,6}(\.\d+)?$/.test(text)) return Number(text);
  throw new UsageError(`${option} is a number of seconds, not "${text}"`);
}

function oneOf<T extends string>(
  option: string,
  known: readonly T[],
  value: string | undefined,
): T {
  const found = known.find((each) => each === value);
  if (found !== undefined) return found;
  throw new UsageError(`${option} is one of ${known.join(', ')}, not "${value}"`);
}

function endpointFrom(command: string, text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(
      `${command}: --trace-endpoint is a URL such as http://127.0.0.1:4318, not "${text}"`,
    );
  }
  if (url.pathname === '/') url.pathname = '/v1/traces';
  return url;
}

function checked<T>(option: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${option}: ${error.message}`);
  }
}
