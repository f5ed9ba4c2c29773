import type { Ext } from '../../schemas/generated/ext.ts';
import { tooLargeError } from './bus-request-error.ts';

/** Where a frame goes, and what rides with it. */
export interface FrameOptions {
  /** Frames of one session go to one worker: 1 to 256 bytes of UTF-8 (AFF-1). */
  readonly sessionId?: string | undefined;
  /** The pool, for the first frame of a session or one without (AFF-7). */
  readonly pool?: string | undefined;
  /** Passes untouched, as `agentId` (EXT-3). */
  readonly agentId?: string | undefined;
  /** Identity, audit and trace; passes untouched, as `_ext` (EXT-3). */
  readonly ext?: Ext | undefined;
}

/** What the bus asks of a frame. */
export interface FrameLimits {
  readonly sessionIdField: string;
  /** The longest line that the bus reads, LF excluded. */
  readonly maxFrameBytes: number;
}

/** A line with its LF, and its length in bytes. */
export interface FrameLine {
  readonly line: string;
  readonly byteLength: number;
}

/**
 * The line of a request, or without an id of a notification. Throws as JSON.stringify does, and a
 * BusRequestError FRAME_TOO_LARGE: the bus could not say whose frame it was. Serves FRM-1, FRM-6.
 */
export function frameLine(
  frame: { id: number | undefined; method: string; params: object | undefined },
  { sessionId, pool, agentId, ext }: FrameOptions,
  { sessionIdField, maxFrameBytes }: FrameLimits,
): FrameLine {
  const session = sessionId === undefined ? {} : { [sessionIdField]: sessionId };
  const { id, method, params } = frame;
  const routed = { jsonrpc: '2.0', id, method, pool, agentId, ...session };
  const line = `${JSON.stringify({ ...routed, _ext: ext, params })}\n`;
  const byteLength = Buffer.byteLength(line);
  if (byteLength - 1 > maxFrameBytes) {
    throw tooLargeError(`the frame is longer than ${maxFrameBytes} bytes`, false);
  }
  return { line, byteLength };
}
