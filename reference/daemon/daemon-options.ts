import { parseArgs } from 'node:util';
import { parsed, UsageError } from '../../command.ts';
import { type ListenAddress, tcpAddress, unixAddress } from '../bus/listen-address.ts';
import { type DaemonLogOptions, logFormats, logLevels } from './daemon-log.ts';

/** What a daemon is asked to do. */
export interface DaemonOptions {
  /** Its name in front of what it says of a start that fails. */
  readonly program: string;
  /** A file, or an open descriptor. */
  readonly configSource: string | number;
  readonly addresses: readonly ListenAddress[];
  readonly log: DaemonLogOptions;
  /** Where the admin endpoint listens, if it does. */
  readonly admin?: TcpAddress;
  /** Where spans are sent, if they are. */
  readonly traceEndpoint?: URL;
  /** Whether to say what would run, and to start nothing. */
  readonly isCheck: boolean;
}

export type TcpAddress = Extract<ListenAddress, { transport: 'tcp' }>;

const busOptions = {
  config: { type: 'string' },
  'config-fd': { type: 'string' },
  stdio: { type: 'boolean' },
  tcp: { type: 'string', multiple: true },
  unix: { type: 'string', multiple: true },
} as const;

const serveOptions = {
  ...busOptions,
  admin: { type: 'string' },
  'log-level': { type: 'string', default: 'info' },
  'log-format': { type: 'string', default: 'text' },
  'trace-endpoint': { type: 'string' },
  check: { type: 'boolean', default: false },
} as const;

/** The options of `stdio_bus`: one transport, as in the field. Throws UsageError. Implements CFG-5. */
export function busOptionsFromArgs(args: string[]): DaemonOptions {
  const { values } = parsed(() => parseArgs({ args, options: busOptions }));
  const addresses = addressesFrom(values);
  if (addresses.length > 1) {
    throw new UsageError(
      'one of --stdio, --tcp and --unix, not several: `stdio-bus-kit serve` takes more',
    );
  }
  return {
    program: 'stdio_bus',
    configSource: sourceFrom(values.config, values['config-fd']),
    addresses,
    log: { level: 'info', format: 'text' },
    isCheck: false,
  };
}

/** The options of `stdio-bus-kit serve`. Throws UsageError. */
export function serveOptionsFromArgs(args: string[]): DaemonOptions {
  const { values } = parsed(() => parseArgs({ args, options: serveOptions }));
  const { admin, 'trace-endpoint': traceEndpoint } = values;
  return {
    program: 'stdio-bus-kit',
    configSource: sourceFrom(values.config, values['config-fd']),
    addresses: addressesFrom(values),
    log: {
      level: oneOf(logLevels, '--log-level', values['log-level']),
      format: oneOf(logFormats, '--log-format', values['log-format']),
    },
    ...(admin === undefined ? {} : { admin: usable('--admin', admin, tcpAddress) as TcpAddress }),
    ...(traceEndpoint === undefined ? {} : { traceEndpoint: endpointFrom(traceEndpoint) }),
    isCheck: values.check,
  };
}

function addressesFrom(values: {
  stdio?: boolean | undefined;
  tcp?: string[] | undefined;
  unix?: string[] | undefined;
}): ListenAddress[] {
  const { stdio = false, tcp = [], unix = [] } = values;
  const addresses = [
    ...tcp.map((text) => usable('--tcp', text, tcpAddress)),
    ...unix.map((text) => usable('--unix', text, unixAddress)),
  ];
  if (stdio || addresses.length === 0) addresses.push({ transport: 'stdio' });
  return addresses;
}

function sourceFrom(file: string | undefined, descriptor: string | undefined): string | number {
  if ((file === undefined) === (descriptor === undefined)) {
    throw new UsageError('give --config FILE, or --config-fd N; --help shows examples');
  }
  if (file !== undefined) return file;
  if (!/^\d{1,6}$/.test(descriptor as string)) {
    throw new UsageError(`--config-fd is a descriptor's number, not "${descriptor}"`);
  }
  return Number(descriptor);
}

/** The collector's address; without a path, the one that OTLP over HTTP has for spans. */
function endpointFrom(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--trace-endpoint is a URL such as http://127.0.0.1:4318, not "${text}"`);
  }
  if (url.pathname === '/') url.pathname = '/v1/traces';
  return url;
}

function oneOf<T extends string>(known: readonly T[], option: string, value: string): T {
  const found = known.find((each) => each === value);
  if (found !== undefined) return found;
  throw new UsageError(`${option} is one of ${known.join(', ')}, not "${value}"`);
}

/** What cannot be listened on is a mistake of the command line. */
function usable(
  option: string,
  text: string,
  addressFrom: (text: string) => ListenAddress,
): ListenAddress {
  try {
    return addressFrom(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${option}: ${error.message}`);
  }
}
