import { UsageError } from '../../../command.ts';
import type { LatencyTransport } from '../../../schemas/generated/latency-report.ts';

/** Where a client connects to. */
export interface PeerAddress {
  readonly transport: LatencyTransport;
  readonly host: string;
  readonly port: number;
  /** Of a Unix socket, or of a WebSocket's URL. */
  readonly path: string;
  /** Of stdio: what to start. */
  readonly argv: readonly string[];
}

const transports: Readonly<Record<string, LatencyTransport>> = {
  'tcp:': 'tcp',
  'grpc:': 'grpc',
  'grpcs:': 'grpc-tls',
  'ws:': 'ws',
  'wss:': 'ws-tls',
};

const defaultPorts: Readonly<Record<string, number>> = { 'ws:': 80, 'wss:': 443 };

/** `tcp://H:P`, `unix:PATH`, `grpc://H:P`, `grpcs://…`, `ws://H:P/PATH` or `wss://…`. Throws UsageError. */
export function addressFrom(text: string): PeerAddress {
  const none = { host: '', port: 0, path: '', argv: [] };
  const [, socket] = /^unix:(?:\/\/)?(.+)$/.exec(text) ?? [];
  if (socket !== undefined) return { ...none, transport: 'unix', path: socket };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const transport = url && transports[url.protocol];
  if (url === undefined || transport === undefined) {
    throw new UsageError(
      `"${text}" is no address; it begins with tcp://, unix:, grpc://, grpcs://, ws:// or wss://`,
    );
  }
  const port = url.port === '' ? defaultPorts[url.protocol] : Number(url.port);
  if (port === undefined || url.hostname === '') {
    throw new UsageError(`"${text}" lacks a host or a port, as in ${url.protocol}//127.0.0.1:9000`);
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { ...none, transport, host, port, path: `${url.pathname || '/'}${url.search}` };
}

/** As a user writes it. */
export function textOfAddress({ transport, host, port, path, argv }: PeerAddress): string {
  if (transport === 'stdio') return argv.join(' ');
  if (transport === 'unix') return `unix:${path}`;
  const scheme = transport.replace('-tls', 's');
  const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return `${scheme}://${place}${path === '/' ? '' : path}`;
}
