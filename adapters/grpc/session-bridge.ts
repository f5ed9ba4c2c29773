import type { Socket } from 'node:net';
import { type ClientDuplexStream, type Metadata, status } from '@grpc/grpc-js';
import type { GrpcChannel } from './grpc-channel.ts';
import type { Frame } from './messages.ts';

const lineFeed = 0x0a;
const lineEnd = Buffer.from('\n');

/** A stream that a client writes frames to. */
type SessionCall = ClientDuplexStream<Frame, Frame>;

/**
 * Gives a socket a connection to the bus behind an adapter: lines become frames, and frames lines, with
 * backpressure, half-close and cut in both directions.
 */
export function bridgeSocket(
  socket: Socket,
  { bus, metadata }: GrpcChannel,
  onFailure: (reason: string) => void,
): void {
  const open = bus.session as unknown as (metadata: Metadata) => SessionCall;
  const call = open.call(bus, metadata({}));
  readNotAhead(call);
  socket.on('data', (chunk: Buffer) => {
    if (!writeLines(call, chunk)) socket.pause();
  });
  call.on('drain', () => socket.resume());
  socket.once('end', () => call.end());
  socket.on('error', () => call.cancel());
  socket.once('close', () => call.cancel());
  call.on('data', ({ frame, more }: Frame) => {
    socket.cork();
    const hasRoom = more === true ? socket.write(frame) : writeLine(socket, frame);
    process.nextTick(() => socket.uncork());
    if (!hasRoom) call.pause();
  });
  socket.on('drain', () => call.resume());
  call.once('end', () => socket.end());
  call.on('error', (error: Error & { code?: number; details?: string }) => {
    if (socket.destroyed) return;
    onFailure(error.details ?? error.message);
    // Cut by the adapter: a client that does not read would hold the connection for ever.
    if (error.code === status.CANCELLED) socket.resetAndDestroy();
    // What was received is still to be read, then the end.
    else socket.destroySoon();
  });
}

/** The library reads 16 messages ahead of whoever does not take them, and these may be of a MiB each. */
function readNotAhead(call: SessionCall): void {
  const { _readableState: state } = call as unknown as { _readableState?: object };
  if (state !== undefined) Object.assign(state, { highWaterMark: 1 });
}

function writeLine(socket: Socket, frame: Buffer): boolean {
  socket.write(frame);
  return socket.write(lineEnd);
}

/** The lines of a chunk, a message each; the last one may go on. */
function writeLines(call: SessionCall, chunk: Buffer): boolean {
  let hasRoom = true;
  let start = 0;
  for (;;) {
    const end = chunk.indexOf(lineFeed, start);
    if (end === -1) break;
    hasRoom = call.write({ frame: chunk.subarray(start, end), more: false });
    start = end + 1;
  }
  if (start < chunk.length) hasRoom = call.write({ frame: chunk.subarray(start), more: true });
  return hasRoom;
}
