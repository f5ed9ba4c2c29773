import type { ServerResponse } from 'node:http';
import { waitingClock } from '../../reference/client/waiting-clock.ts';
import type { AdapterCore } from '../core/adapter-core.ts';
import type { BusChannel } from '../core/bus-channel.ts';
import { busFailure, type Failure, failureFromError, failureLine } from '../core/failure.ts';
import { ReaderPatience } from '../core/reader-patience.ts';
import type { WebFacts } from '../core/web-caller.ts';
import { type HttpCall, replyFailure } from './http-reply.ts';

const lineFeed = Buffer.from('\n');
const nothing = Buffer.alloc(0);

/**
 * POST /v1/frames: frames in both directions, a line each, on a connection to the bus of its own. When
 * the body ends, what is pending still comes. Serves COR-8, FLW-1, FLW-3.
 */
export async function serveFrames(
  core: AdapterCore,
  call: HttpCall,
  facts: WebFacts,
): Promise<void> {
  const { request, response } = call;
  const lines = createLineResponse(response);
  let hasEnded = false;
  let channel: BusChannel | undefined;
  const patience = new ReaderPatience({
    clock: waitingClock,
    timeoutMs: core.link.backpressureTimeoutMs,
    queuedBytes: () => response.writableLength,
    onLost: () => response.destroy(),
  });
  response.once('close', () => {
    patience.end();
    channel?.destroy();
  });
  try {
    channel = await core.openChannel(
      facts.caller,
      {
        onFrame(frame) {
          if (lines.write(frame)) return;
          channel?.pause();
          patience.begin();
        },
        onRoom: () => request.resume(),
        onClose(cause) {
          if (cause !== undefined || !(hasEnded || core.isDraining)) {
            lines.write(Buffer.from(failureLine('null', ended(cause)).slice(0, -1)));
          }
          lines.end();
          patience.begin();
        },
      },
      'POST /v1/frames',
    );
  } catch (error) {
    replyFailure(call, failureFromError(error));
    return;
  }
  const opened = channel;
  if (response.destroyed) {
    opened.destroy();
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/x-ndjson',
    'cache-control': 'no-store',
    // A proxy that gathers would hold frames back.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  response.on('drain', () => {
    patience.end();
    opened.resume();
  });
  request.on('data', (chunk: Buffer) => {
    if (!opened.write(chunk, false)) request.pause();
  });
  request.once('end', () => {
    hasEnded = true;
    // The last line may lack its LF; a blank one is nothing.
    opened.write(nothing, true);
    opened.end();
  });
}

function ended(cause: Error | undefined): Failure {
  const message = `the bus has ended the connection${cause === undefined ? '' : `: ${cause.message}`}`;
  return busFailure({ name: 'UNAVAILABLE', message, retryable: true });
}

/** Writes the lines of one turn of the event loop together. */
function createLineResponse(response: ServerResponse) {
  let isCorked = false;
  return {
    /** False: wait for `drain`. */
    write(frame: Buffer): boolean {
      if (response.writableEnded || response.destroyed) return true;
      if (!isCorked) {
        isCorked = true;
        response.cork();
        queueMicrotask(() => {
          isCorked = false;
          response.uncork();
        });
      }
      response.write(frame);
      return response.write(lineFeed);
    },
    end() {
      if (response.headersSent) response.end();
    },
  };
}
