import type { Frame } from './messages.ts';

/** Whole frames from messages that may be parts of them. */
export async function* wholeFrames(messages: AsyncIterable<Frame>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  for await (const { frame, more } of messages) {
    parts.push(frame);
    if (more === true) continue;
    yield parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    parts = [];
  }
}
