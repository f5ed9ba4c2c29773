import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/** What a probe worker answers; see fixtures/probe-worker.mjs. */
export interface ProbeResult {
  readonly pid: number;
  readonly tag: string;
  readonly [member: string]: unknown;
}

export interface ErrorObject {
  readonly code: number;
  readonly message: string;
  readonly data: { source: string; name: string; retryable: boolean; delivered: boolean };
}

/** A frame that was received, parsed, with its text without the LF. */
export interface Received {
  readonly text: string;
  readonly id?: unknown;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: ProbeResult;
  readonly error?: ErrorObject;
}

export interface RequestOptions {
  readonly sessionId?: string;
  readonly pool?: string;
  readonly id?: number | string;
  readonly deadlineMs?: number;
}

/** One end of a byte stream of frames, as a client has it. Nothing is checked and nothing is hidden. */
export interface FrameConnection {
  /** The frames that came and were not taken yet, in their order. */
  readonly queued: Received[];
  /** Writes frames: an object in JSON, a string as it stands; each with an LF. */
  send(...frames: (object | string)[]): void;
  /** Writes bytes. False asks to wait for `drained`. */
  write(bytes: string | Uint8Array): boolean;
  drained(deadlineMs?: number): Promise<void>;
  /** Sends a request; its response. */
  request(method: string, params?: object, options?: RequestOptions): Promise<Received>;
  /** Takes the first frame that fits, out of those that came, else waits for it. */
  take(
    fits?: (frame: Received) => boolean,
    options?: { what?: string; deadlineMs?: number },
  ): Promise<Received>;
  /** Takes the response with this id. */
  response(id: unknown, deadlineMs?: number): Promise<Received>;
  /** Closes the sending side. */
  end(): void;
  /** Waits for the end of the receiving side, orderly or not. */
  ended(deadlineMs?: number): Promise<void>;
  /** Leaves at once. */
  destroy(): void;
  /** Leaves at once, without a word: TCP tells the other side so. */
  reset(): void;
  /** Stops and goes on reading. */
  pause(): void;
  resume(): void;
}

interface Waiting {
  fits(frame: Received): boolean;
  resolve(frame: Received): void;
  reject(error: Error): void;
}

const defaultDeadlineMs = 5000;

/** A connection over a pair of streams, which may be one and the same. */
export function createFrameConnection(input: Readable, output: Writable): FrameConnection {
  const queued: Received[] = [];
  const waiting = new Set<Waiting>();
  let hasEnded = false;
  let nextId = 1;

  linesOf(input, (line) => {
    const frame = receivedFrom(line);
    for (const waiter of waiting) {
      if (!waiter.fits(frame)) continue;
      waiting.delete(waiter);
      return waiter.resolve(frame);
    }
    queued.push(frame);
  });
  const ending = new Promise<void>((resolve) => {
    const onEnd = () => {
      hasEnded = true;
      for (const waiter of waiting) waiter.reject(new Error('the connection ended'));
      resolve();
    };
    input.once('end', onEnd).once('close', onEnd).once('error', onEnd);
  });
  // What ends a stream is seen at its reading side.
  output.on('error', () => {});

  const connection: FrameConnection = {
    queued,
    send(...frames) {
      output.write(
        frames.map((f) => `${typeof f === 'string' ? f : JSON.stringify(f)}\n`).join(''),
      );
    },
    write: (bytes) => output.write(bytes),
    async drained(deadlineMs) {
      if (!output.writableNeedDrain) return;
      let onRoom = () => {};
      const room = new Promise<void>((resolve) => {
        onRoom = resolve;
        output.once('drain', onRoom).once('close', onRoom);
      });
      await within(room, 'room for more bytes', deadlineMs).finally(() =>
        output.off('drain', onRoom).off('close', onRoom),
      );
    },
    async request(method, params = {}, options = {}) {
      const { sessionId, pool, id = `r${nextId++}`, deadlineMs } = options;
      connection.send({
        jsonrpc: '2.0',
        id,
        method,
        ...(sessionId === undefined ? {} : { sessionId }),
        ...(pool === undefined ? {} : { pool }),
        params,
      });
      return connection.response(id, deadlineMs);
    },
    take(fits = () => true, { what = 'a frame', deadlineMs } = {}) {
      const index = queued.findIndex(fits);
      if (index >= 0) return Promise.resolve(queued.splice(index, 1)[0] as Received);
      if (hasEnded) return Promise.reject(new Error(`the connection ended before ${what}`));
      let waiter: Waiting | undefined;
      const coming = new Promise<Received>((resolve, reject) => {
        waiter = { fits, resolve, reject };
        waiting.add(waiter);
      });
      return within(coming, what, deadlineMs).finally(() => waiting.delete(waiter as Waiting));
    },
    response(id, deadlineMs) {
      const fits = (frame: Received) => frame.id === id && frame.method === undefined;
      const what = `the response with the id ${JSON.stringify(id)}`;
      return connection.take(fits, { what, ...(deadlineMs === undefined ? {} : { deadlineMs }) });
    },
    end: () => output.end(),
    ended: (deadlineMs) => within(ending, 'the end of the connection', deadlineMs),
    destroy() {
      input.destroy();
      output.destroy();
    },
    reset() {
      if (input instanceof Socket) input.resetAndDestroy();
      else connection.destroy();
    },
    pause: () => void input.pause(),
    resume: () => void input.resume(),
  };
  return connection;
}

function receivedFrom(text: string): Received {
  try {
    return { ...JSON.parse(text), text };
  } catch {
    // Left to the test, which sees a frame without a single member.
    return { text };
  }
}

/** Gives each line of a stream of UTF-8, without its LF. */
export function linesOf(input: Readable, onLine: (line: string) => void): void {
  let rest: Buffer[] = [];
  input.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const line = chunk.subarray(start, end);
      onLine((rest.length === 0 ? line : Buffer.concat([...rest, line])).toString());
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  });
}

/** The promise, or an error after the deadline. */
export async function within<T>(
  promise: Promise<T>,
  what: string,
  deadlineMs = defaultDeadlineMs,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`not within ${deadlineMs} ms: ${what}`);
    timer = setTimeout(() => reject(error), deadlineMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
