import { renameSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { ListenAddress } from '../../../reference/bus/listen-address.ts';
import { type Listener, listen } from '../../../reference/bus/listener.ts';

/** Binds a Unix socket under another name, and removes only that name in the end. */
export async function listensAtOtherPath(
  address: Exclude<ListenAddress, { transport: 'stdio' }>,
  onConnection: (socket: Socket) => void,
): Promise<Listener> {
  if (address.transport === 'tcp') return listen(address, onConnection);
  const path = `${address.path}.new`;
  const listener = await listen({ ...address, path }, onConnection);
  renameSync(path, address.path);
  return listener;
}
