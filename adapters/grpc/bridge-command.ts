import { readFileSync } from 'node:fs';
import { type Command, exitCodes, parsedArgs, printable, UsageError } from '../../command.ts';
import { tcpAddress } from '../../reference/bus/listen-address.ts';
import { ListenError, listen } from '../../reference/bus/listener.ts';
import { createDaemonLog } from '../../reference/daemon/daemon-log.ts';
import { openStderr } from '../../reference/daemon/stderr-stream.ts';
import { openGrpcChannel } from './grpc-channel.ts';
import { bridgeSocket } from './session-bridge.ts';

const help = `Gives clients that speak TCP the bus behind a gRPC adapter: each connection is a stream of Bus.Session,
and every byte passes. What a connection does, its stream does: half-close, end, cut.

Usage: stdio-bus-kit grpc bridge --grpc URL [--listen HOST:PORT] [OPTION …]

Options:
  --grpc URL             the adapter: HOST:PORT, grpc://HOST:PORT, or grpcs://HOST:PORT for TLS
  --listen HOST:PORT     where to listen; 127.0.0.1:0, any free port, by default; it is printed
  --tls-ca FILE          who has signed the adapter's certificate (PEM)
  --tls-cert FILE        a certificate to show (PEM), and
  --tls-key FILE         its key
  --token-file FILE      a file with a bearer token, and nothing else
  -h, --help             print this

Example:
  stdio-bus-kit grpc --bus tcp://127.0.0.1:9000 --listen 127.0.0.1:9200
  stdio-bus-kit grpc bridge --grpc 127.0.0.1:9200 --listen 127.0.0.1:9001

Exit codes: 0 ended by a signal, 1 it cannot listen, 64 wrong usage.
`;

const options = {
  grpc: { type: 'string' },
  listen: { type: 'string', default: '127.0.0.1:0' },
  'tls-ca': { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'token-file': { type: 'string' },
} as const;

/** The command `grpc bridge`. */
export const bridgeCommand: Command = { help, run };

async function run(args: string[]): Promise<number> {
  const { positionals, values } = parsedArgs('grpc bridge', { args, options });
  if (positionals.length > 0) throw new UsageError(`grpc bridge: "${positionals[0]}" is too much`);
  const url = values.grpc;
  if (url === undefined) throw new UsageError('grpc bridge: give --grpc HOST:PORT');
  const channel = usable(() =>
    openGrpcChannel({
      url,
      ca: contentOf('--tls-ca', values['tls-ca']),
      cert: contentOf('--tls-cert', values['tls-cert']),
      key: contentOf('--tls-key', values['tls-key']),
      token: contentOf('--token-file', values['token-file'])?.toString().trim(),
    }),
  );
  const address = usable(() => tcpAddress(values.listen));
  if (address.transport !== 'tcp') throw new UsageError('grpc bridge: --listen is HOST:PORT');
  const stderr = openStderr('stdio-bus-kit');
  const log = await createDaemonLog({ level: 'info', format: 'text' }, stderr);
  try {
    const listener = await listen(address, (socket) => {
      bridgeSocket(socket, channel, (reason) => log.warn({ reason }, 'a stream has ended'));
    });
    log.announce({ url: listener.url, grpc: url }, `listening on ${listener.url}`);
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    stderr.write(`stdio-bus-kit: grpc bridge: ${printable(error.message)}\n`);
    await stderr.flush(500);
    process.exit(exitCodes.invalid);
  }
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => resolve());
  });
  await stderr.flush(500);
  process.exit(exitCodes.ok);
}

function usable<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`grpc bridge: ${error.message}`);
    throw error;
  }
}

function contentOf(option: string, path: string | undefined): Buffer | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`grpc bridge: ${option} ${path} cannot be read: ${code}`);
  }
}
