import { Duplex } from 'node:stream';

/** So much is taken before the other side has read it. */
const bufferBytes = 64 * 1024;

class DuplexEnd extends Duplex {
  other: DuplexEnd | undefined;
  /** Told when the other side has read what was written. */
  #onRead: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: bufferBytes });
  }

  /** Takes a chunk of the other side; `onRead` is called when there is room for the next. */
  receive(chunk: Buffer, onRead: () => void): void {
    if (this.push(chunk)) onRead();
    else this.#onRead = onRead;
  }

  override _read(): void {
    const onRead = this.#onRead;
    this.#onRead = undefined;
    onRead?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    // A copy: the writer may use its memory again, as with a socket.
    this.other?.receive(Buffer.from(chunk), callback);
  }

  /** What has waited is one chunk: its reader has less to do. */
  override _writev(
    chunks: { readonly chunk: Buffer; readonly encoding: BufferEncoding }[],
    callback: () => void,
  ): void {
    this.other?.receive(Buffer.concat(chunks.map(({ chunk }) => chunk)), callback);
  }

  override _final(callback: () => void): void {
    this.other?.once('end', callback);
    this.other?.push(null);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    callback(error);
    // As a socket whose other end is gone.
    const { other } = this;
    process.nextTick(() => other?.destroy());
  }
}

/**
 * Two ends of a connection within the process: what is written to one is read from the other, and
 * writing waits for reading. When one end is destroyed, so is the other. Node 20 has no
 * `duplexPair`.
 */
export function createDuplexPair(): [Duplex, Duplex] {
  const ends: [DuplexEnd, DuplexEnd] = [new DuplexEnd(), new DuplexEnd()];
  const [one, two] = ends;
  one.other = two;
  two.other = one;
  return ends;
}
