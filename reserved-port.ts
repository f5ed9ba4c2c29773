import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to whoever asks for any: those are also the near ends of
 * connections, and a client that knocks until somebody listens could be connected to itself.
 */
const lowest = 20_000;
const highest = 32_767;
const mostAttempts = 100;

export interface ReservedPort {
  readonly port: number;
  /** Gives it back; a second time, nothing. */
  release(): void;
}

/**
 * A free TCP port of 127.0.0.1 that is given to nobody else before its release, whichever process of
 * the kit asks. Rejects where none is found.
 */
export async function reservePort(candidate: () => number = anyPort): Promise<ReservedPort> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const port = candidate();
    const release = await claim(port);
    if (release === undefined) continue;
    if (await isFree(port)) return { port, release };
    release();
  }
  throw new Error(`no TCP port of 127.0.0.1 is free (${mostAttempts} were tried)`);
}

function anyPort(): number {
  return lowest + Math.floor(Math.random() * (highest - lowest + 1));
}

/** Takes the UDP port of the same number: the system gives it to one process, until its end. */
function claim(port: number): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    let mark: Socket | undefined = createSocket('udp4').unref();
    const release = () => {
      mark?.close();
      mark = undefined;
    };
    mark.once('error', () => resolve(undefined));
    mark.bind({ port, address: '127.0.0.1', exclusive: true }, () => resolve(release));
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}
