import { constants, type ServerHttp2Stream } from 'node:http2';
import { Metadata, type ServerDuplexStream } from '@grpc/grpc-js';
import type { AdapterCore } from '../core/adapter-core.ts';
import type { BusChannel } from '../core/bus-channel.ts';
import { busFailure, failureFromError } from '../core/failure.ts';
import { factsOfCall } from './caller-call.ts';
import { writeFrame } from './frame-stream.ts';
import { grpcError } from './grpc-failure.ts';
import type { Frame } from './messages.ts';

/**
 * How long the end of a client's frames is no half-close yet: where Node's HTTP/2 cancels a stream, it
 * ends it first. A bus that was told of a half-close would not see a cut any more.
 */
const cancelDelayMs = 100;

/** A stream of frames with a connection to the bus of its own. Serves COR-8, FLW-1, FLW-3. */
export async function serveSession(
  core: AdapterCore,
  call: ServerDuplexStream<Frame, Frame>,
): Promise<void> {
  const { facts, failure } = { facts: undefined, failure: undefined, ...factsOfCall(core, call) };
  if (failure !== undefined) {
    call.emit('error', grpcError(failure));
    return;
  }
  let isCancelled = false;
  let hasEnded = false;
  let channel: BusChannel | undefined;
  let patience: NodeJS.Timeout | undefined;
  let halfClose: NodeJS.Timeout | undefined;
  let waitingBytes = 0;
  const cut = () => {
    isCancelled = true;
    channel?.destroy();
    cutStream(call);
  };
  /** Reads on from the bus, where less waits than may. */
  const goOn = () => {
    if (patience === undefined || waitingBytes > core.maxQueuedBytes) return;
    clearTimeout(patience);
    patience = undefined;
    channel?.resume();
  };
  call.once('finish', () => clearTimeout(patience));
  call.once('cancelled', () => {
    clearTimeout(patience);
    clearTimeout(halfClose);
    isCancelled = true;
    channel?.destroy();
  });
  // The library tells a broken stream as an error of the stream.
  call.on('error', () => {});
  try {
    channel = await core.openChannel(
      facts?.caller,
      {
        onFrame(frame) {
          waitingBytes += frame.length;
          const hasRoom = writeFrame(call, frame, (bytes) => {
            waitingBytes -= bytes;
            patience?.refresh();
            if (!call.writableNeedDrain) goOn();
          });
          // The library counts messages, however long they are.
          if ((hasRoom && waitingBytes <= core.maxQueuedBytes) || patience !== undefined) return;
          channel?.pause();
          // A paused connection does not see that the bus, too, has lost its patience.
          patience = setTimeout(cut, core.link.backpressureTimeoutMs);
        },
        onRoom: () => call.resume(),
        onClose(cause) {
          // What waits for its reader still has its time, and is cut then.
          if (isCancelled) return;
          if (cause === undefined && (hasEnded || core.isDraining)) call.end();
          else {
            const message = `the bus has ended the connection${cause === undefined ? '' : `: ${cause.message}`}`;
            call.emit(
              'error',
              grpcError(busFailure({ name: 'UNAVAILABLE', message, retryable: true })),
            );
          }
        },
      },
      'stdiobus.v1.Bus/Session',
    );
  } catch (error) {
    if (!isCancelled) call.emit('error', grpcError(failureFromError(error)));
    return;
  }
  if (isCancelled) {
    channel.destroy();
    return;
  }
  const opened = channel;
  call.sendMetadata(new Metadata());
  call.on('drain', goOn);
  call.on('data', ({ frame, more }: Frame) => {
    if (!opened.write(frame, more !== true)) call.pause();
  });
  call.once('end', () => {
    halfClose = setTimeout(() => {
      hasEnded = true;
      opened.end();
    }, cancelDelayMs);
  });
}

/** Ends a stream whose reader does not read: a status would wait behind all that it has not read. */
function cutStream(call: ServerDuplexStream<Frame, Frame>): void {
  // The library has no word for it, but it keeps the stream here.
  const { stream } = (call as unknown as { call: { stream?: ServerHttp2Stream } }).call;
  if (stream !== undefined) stream.close(constants.NGHTTP2_CANCEL);
  else call.emit('error', grpcError(busFailure({ name: 'OVERLOADED', message: 'nobody reads' })));
}
