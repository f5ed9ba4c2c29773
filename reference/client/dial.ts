import { connect, type Socket } from 'node:net';
import type { Clock } from '../bus/clock.ts';
import type { BusAddress } from './bus-address.ts';
import { clientError } from './bus-request-error.ts';

export interface DialOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Gives the attempt up. */
  readonly signal: AbortSignal;
}

/** Opens a socket to a bus. Rejects with NOT_CONNECTED. Serves FLW-4 (TCP_NODELAY). */
export function dial(address: BusAddress, options: DialOptions): Promise<Socket> {
  const { clock, timeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    const socket =
      address.transport === 'tcp'
        ? connect({ host: address.host, port: address.port, noDelay: true })
        : connect({ path: address.path });
    const fail = (message: string, cause?: unknown) => {
      finish();
      socket.on('error', () => {});
      socket.destroy();
      reject(
        clientError('NOT_CONNECTED', `cannot connect to ${urlOf(address)}: ${message}`, { cause }),
      );
    };
    const onAbort = () => fail('it was given up');
    const onError = (error: NodeJS.ErrnoException) => fail(error.code ?? error.message, error);
    const cancel = clock.after(timeoutMs, () => fail(`no answer within ${timeoutMs} ms`));
    const finish = () => {
      cancel();
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', onError);
    socket.once('connect', () => {
      finish();
      resolve(socket);
    });
  });
}

function urlOf(address: BusAddress): string {
  if (address.transport === 'unix') return `unix:${address.path}`;
  const { host, port } = address;
  return `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
