import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startGroup } from '../../subjects/process-group.ts';

const script = fileURLToPath(new URL('./delay-link-process.js', import.meta.url));
const probes = 30;
const warmUps = 5;

/** A delay link in a process of its own. */
export interface RunningLink {
  readonly port: number;
  stop(): Promise<void>;
}

export interface LinkRequest {
  readonly host: string;
  readonly port: number;
  readonly rttMs: number;
  readonly announcesConnect: boolean;
}

/** Starts a delay link to this address. Rejects with the reason where it does not come up. */
export async function startLink(request: LinkRequest): Promise<RunningLink> {
  const { host, port, rttMs } = request;
  const flags = request.announcesConnect ? ['announce'] : [];
  const argv = [process.execPath, script, host, String(port), String(rttMs), ...flags];
  const group = await startGroup(argv, 'pipe');
  const printed = await Promise.race([
    once(group.child.stdout as NodeJS.ReadableStream, 'data'),
    once(group.child, 'exit').then(() => undefined),
  ]);
  if (printed === undefined) throw new Error(`the delay link did not start: ${group.death}`);
  return { port: Number(String(printed[0])), stop: () => group.stop() };
}

/**
 * The error of a link of this round trip: what an echo takes through it, less the round trip asked
 * for, in microseconds. The sockets of the machine are a part of it.
 */
export async function linkErrorsUs(rttMs: number): Promise<number[]> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {}).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const link = await startLink({ host: '127.0.0.1', port, rttMs, announcesConnect: false });
  const socket = connect({ port: link.port, host: '127.0.0.1', noDelay: true });
  try {
    await once(socket, 'connect');
    const errors: number[] = [];
    for (let probe = 0; probe < warmUps + probes; probe += 1) {
      const tookMs = await echoMs(socket);
      if (probe >= warmUps) errors.push((tookMs - rttMs) * 1000);
    }
    return errors;
  } finally {
    socket.destroy();
    server.close();
    await link.stop();
  }
}

async function echoMs(socket: Socket): Promise<number> {
  const startMs = performance.now();
  socket.write('x');
  await once(socket, 'data');
  return performance.now() - startMs;
}
