import type { Socket } from 'node:net';
import type { ListenAddress } from '../bus/listen-address.ts';
import { type Listener, listen } from '../bus/listener.ts';

/**
 * Listens on every address but stdio. Rejects with a ListenError where one cannot be listened on;
 * then none is.
 */
export async function openListeners(
  addresses: readonly ListenAddress[],
  onConnection: (socket: Socket) => void,
  listenOn: typeof listen = listen,
): Promise<Listener[]> {
  const listeners: Listener[] = [];
  try {
    for (const address of addresses) {
      if (address.transport !== 'stdio') listeners.push(await listenOn(address, onConnection));
    }
  } catch (error) {
    for (const listener of listeners) listener.close();
    throw error;
  }
  return listeners;
}
