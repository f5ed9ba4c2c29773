import type { Frame } from './messages.ts';

/** A longer frame is given in parts, so that it fits into the messages that clients take by default. */
const longestPart = 1_048_576;

/** A stream of a call that frames are written to. */
export interface FrameWritable {
  write(message: Frame, callback?: () => void): boolean;
}

/**
 * Writes a frame, in as many messages as it takes. False: wait for `drain`. `onTaken` is called each
 * time that the transport has taken so many bytes of it.
 */
export function writeFrame(
  call: FrameWritable,
  frame: Buffer,
  onTaken?: (bytes: number) => void,
): boolean {
  let start = 0;
  while (frame.length - start > longestPart) {
    const taken = onTaken && (() => onTaken(longestPart));
    call.write({ frame: frame.subarray(start, start + longestPart), more: true }, taken);
    start += longestPart;
  }
  const rest = start === 0 ? frame : frame.subarray(start);
  return call.write({ frame: rest, more: false }, onTaken && (() => onTaken(rest.length)));
}
