const blockBytes = 64 * 1024;

/**
 * Memory for frames that are small and soon written: one block after another, never the same bytes
 * twice, so that a piece of it may be handed to a stream and forgotten. Shared by all queues of a
 * bus, so that an idle queue holds nothing.
 */
export class ByteArena {
  block = Buffer.allocUnsafeSlow(blockBytes);
  offset = 0;

  /** Makes sure that so many bytes (at most a block) can be written at `offset` of `block`. */
  reserve(byteLength: number): void {
    if (blockBytes - this.offset >= byteLength) return;
    this.block = Buffer.allocUnsafeSlow(blockBytes);
    this.offset = 0;
  }
}
