import { type AddressInfo, createServer, type Server, Socket } from 'node:net';
import { type AlarmQueue, createAlarmQueue } from './alarm-queue.ts';
import { createDelayLine, type DelayLine } from './delay-line.ts';

/** What is on its way in one direction: more than any round trip here needs. */
const maxBytesOnWay = 8 * 1024 * 1024;

export interface DelayLinkOptions {
  readonly target: { readonly host: string; readonly port: number };
  /** Each direction is delayed by half of it. */
  readonly rttMs: number;
  /**
   * A proxy's kernel answers a connect at once, a far machine's after a round trip. With this, a
   * connection begins with one zero byte to the client when that answer would have been there.
   */
  readonly announcesConnect: boolean;
}

export interface DelayLink {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on a free port of the loopback. Rejects where it cannot. */
export async function createDelayLink(options: DelayLinkOptions): Promise<DelayLink> {
  const sockets = new Set<Socket>();
  const alarms = createAlarmQueue();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = new Socket({ allowHalfOpen: true }).setNoDelay(true);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    carry(client, upstream, { ...options, alarms });
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => closed(server, sockets),
  };
}

type CarryOptions = DelayLinkOptions & { readonly alarms: AlarmQueue };

function carry(client: Socket, upstream: Socket, options: CarryOptions): void {
  const there = oneWay(client, upstream, options);
  const back = oneWay(upstream, client, options);
  if (options.announcesConnect) {
    back.push(Buffer.from([0]), options.rttMs);
    // The target learns of a client when that one's first word has travelled.
    const timer = setTimeout(() => upstream.connect(options.target), options.rttMs / 2);
    client.on('close', () => clearTimeout(timer));
  } else upstream.connect(options.target);
  // What was sent before an abrupt end may still be on its way; as on a real wire, it is lost.
  for (const [socket, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    socket.on('error', () => {});
    socket.on('close', (hadError) => {
      if (!hadError) return;
      there.destroy();
      back.destroy();
      other.resetAndDestroy();
    });
  }
}

function oneWay(from: Socket, to: Socket, { rttMs, alarms }: CarryOptions): DelayLine {
  const line = createDelayLine({
    delayMs: rttMs / 2,
    maxBytes: maxBytesOnWay,
    deliver: (bytes) => to.write(bytes),
    onEnd: () => void to.end(),
    onRoom: () => void from.resume(),
    wake: (dueMs) => alarms.wake(line.arrive, dueMs),
  });
  from.on('data', (bytes) => {
    if (!line.push(bytes)) from.pause();
  });
  from.on('end', () => line.end());
  to.on('drain', () => line.resume());
  return line;
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => void server.close(() => resolve()));
}
