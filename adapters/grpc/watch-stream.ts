import { Metadata, type ServerWritableStream } from '@grpc/grpc-js';
import type { AdapterCore } from '../core/adapter-core.ts';
import { busFailure, type Failure } from '../core/failure.ts';
import { writeFrame } from './frame-stream.ts';
import { grpcError } from './grpc-failure.ts';
import type { Frame, WatchRequest } from './messages.ts';
import type { OpenStreams } from './open-streams.ts';

/** Gives a session's notifications to a stream, which holds up nobody but itself. */
export function watchSession(
  core: AdapterCore,
  call: ServerWritableStream<WatchRequest, Frame>,
  sessionId: string,
  streams: OpenStreams,
): void {
  let queuedBytes = 0;
  const end = (failure: Failure) => {
    leave();
    call.emit('error', grpcError(failure));
  };
  const leaveSession = core.exchange.watch(sessionId, {
    onFrame({ frame }) {
      queuedBytes += frame.length;
      writeFrame(call, frame, (bytes) => {
        queuedBytes -= bytes;
      });
      if (queuedBytes > core.maxQueuedBytes) {
        const message = `more than ${core.maxQueuedBytes} bytes wait to be read`;
        end(busFailure({ name: 'OVERLOADED', message }));
      }
    },
    onLost: end,
  });
  const leave = () => {
    leaveSession();
    streams.delete(call);
  };
  streams.add(call);
  call.once('cancelled', leave);
  // Whoever waits for the headers knows that nothing is missed from now on.
  call.sendMetadata(new Metadata());
}
