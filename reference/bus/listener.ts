import { lookup } from 'node:dns/promises';
import { existsSync, lstatSync, unlinkSync } from 'node:fs';
import { type AddressInfo, connect, createServer, isIP, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import type { ListenAddress } from './listen-address.ts';

/** Accepts clients. */
export interface Listener {
  /** `tcp://HOST:PORT` with the real port, or `unix:PATH`. */
  readonly url: string;
  /** Accepts no more; open connections stay. */
  close(): void;
}

type SocketAddress = Exclude<ListenAddress, { transport: 'stdio' }>;

/** A listener could not be opened, in words. */
export class ListenError extends Error {
  override name = 'ListenError';
}

/**
 * Listens, and hands on each connection. Rejects with a ListenError.
 * Implements CFG-5, SEC-1, FLW-4 (TCP_NODELAY), COR-8 (half-closed connections stay).
 */
export async function listen(
  address: SocketAddress,
  onConnection: (socket: Socket) => void,
): Promise<Listener> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
  if (address.transport === 'tcp') {
    const { host, port } = address;
    await openTcp(server, host, port);
    const { address: ip, port: chosen } = server.address() as AddressInfo;
    return { url: `tcp://${bracketed(ip)}:${chosen}`, close: () => server.close() };
  }
  const { path } = address;
  await openUnix(server, path);
  const removeFile = () => removeSocket(path);
  process.once('exit', removeFile);
  return {
    url: `unix:${path}`,
    close: () => {
      server.close();
      process.off('exit', removeFile);
      removeFile();
    },
  };
}

/** Listens on the first address of the host that can be bound. */
async function openTcp(server: Server, host: string, port: number): Promise<void> {
  const url = `tcp://${bracketed(host)}:${port}`;
  let addresses = [host];
  try {
    if (isIP(host) === 0)
      addresses = (await lookup(host, { all: true })).map((each) => each.address);
  } catch (error) {
    throw listenError(url, error as NodeJS.ErrnoException);
  }
  for (const [index, address] of addresses.entries()) {
    try {
      await opened(server, () => server.listen({ host: address, port }), url);
      return;
    } catch (error) {
      if (index === addresses.length - 1) throw error;
    }
  }
}

async function openUnix(server: Server, path: string): Promise<void> {
  const url = `unix:${path}`;
  try {
    await opened(server, () => listenPrivately(server, path), url);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    await removeStale(path);
    await opened(server, () => listenPrivately(server, path), url);
  }
}

/** The file is made with mode 0600 at once: it is bound while the mask allows no more. */
function listenPrivately(server: Server, path: string): void {
  const mask = process.umask(0o177);
  try {
    server.listen({ path });
  } finally {
    process.umask(mask);
  }
}

/** Removes a socket file that nobody listens on. Throws a ListenError where it is anything else. */
async function removeStale(path: string): Promise<void> {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) return;
  if (!status.isSocket()) {
    throw new ListenError(`${path} exists and is no socket; choose another path`);
  }
  const isLive = await new Promise<boolean>((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
    );
  });
  if (isLive) throw new ListenError(`somebody listens on unix:${path} already`);
  removeSocket(path);
}

function removeSocket(path: string): void {
  try {
    if (lstatSync(path).isSocket()) unlinkSync(path);
  } catch {
    // It is gone already.
  }
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the address is in use',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'permission denied',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name cannot be resolved now',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of the path is no folder',
};

function opened(server: Server, open: () => void, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(listenError(url, error));
    server.once('error', failed);
    server.once('listening', () => {
      server.off('error', failed);
      // Out of descriptors for a moment: the others go on, and so does accepting.
      server.on('error', () => {});
      resolve();
    });
    open();
  });
}

/** Why nothing can be listened on at a URL. */
export function listenError(url: string, error: NodeJS.ErrnoException): ListenError {
  const { code = '', message } = error;
  // libuv tells a missing folder of a socket as a missing permission.
  const folder = url.startsWith('unix:') ? dirname(url.slice('unix:'.length)) : undefined;
  const isMissing = code === 'EACCES' && folder !== undefined && !existsSync(folder);
  const reason = reasons[isMissing ? 'ENOENT' : code] ?? message;
  const problem = new ListenError(`cannot listen on ${url}: ${reason}`, { cause: error });
  return Object.assign(problem, { code });
}

/** A host as a URL has it. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
