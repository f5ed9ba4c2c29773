import type { Readable, Writable } from 'node:stream';
import { type Frame, frameFromLine } from '../history/frame.ts';
import { bytesMember, type History } from '../history/history.ts';
import { LineSplitter } from '../history/line-splitter.ts';
import type { Waiter } from '../scene/waiter.ts';

/** A frame as the worker has written it. */
export interface WorkerFrame extends Frame {
  readonly bytes: Buffer;
  /** When it was read, in microseconds of the history. */
  readonly atUs: number;
}

export interface WorkerPipesOptions {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly history: History;
  readonly waiter: Waiter;
}

/** Beyond so many lines in one read, they are one record. */
const manyLines = 50;

/** The two pipes to a worker. All bytes are in the history, as the worker sees them. */
export class WorkerPipes {
  /** Frames that it wrote, in order. */
  readonly received: WorkerFrame[] = [];
  /** Whether its stdout has come to its end. */
  hasEnded = false;
  isStdinEnded = false;

  readonly #options: WorkerPipesOptions;
  readonly #splitter = new LineSplitter();
  readonly #counts = new Map<string, number>();
  /** The first lines that were written: a program that writes back what it reads answers nothing. */
  readonly #firstLines = new Set<string>();

  constructor(options: WorkerPipesOptions) {
    this.#options = options;
    const { stdin, stdout, waiter } = options;
    stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    stdout.on('error', () => {});
    stdout.once('close', () => {
      const { rest } = this.#splitter;
      if (rest.length > 0) this.#note('sent', rest);
      this.hasEnded = true;
      waiter.look();
    });
    stdin.on('error', () => {});
  }

  /** How many responses with this id have come. */
  responsesTo(idJson: string): number {
    return this.#counts.get(keyOf(idJson)) ?? 0;
  }

  /** Writes bytes to its stdin as they are. Resolves when the system has taken them. */
  write(bytes: Buffer | string): Promise<void> {
    const buffer = Buffer.from(bytes);
    if (this.#firstLines.size < 20) this.#firstLines.add(buffer.toString().trimEnd());
    this.#note('received', buffer);
    const { stdin } = this.#options;
    return new Promise((resolve) => {
      if (!stdin.writable) resolve();
      else stdin.write(buffer, () => resolve());
    });
  }

  endStdin(): void {
    this.isStdinEnded = true;
    this.#options.history.add({
      kind: 'observation',
      process: 'worker',
      name: 'stdin-ended',
      value: true,
    });
    this.#options.stdin.end();
  }

  /** Stops reading its stdout: what the system holds fills up, and the worker has to wait. */
  pause(): void {
    this.#options.stdout.pause();
    this.#options.history.add({ kind: 'fault', fault: 'stall', target: 'worker' });
  }

  resume(): void {
    this.#options.stdout.resume();
  }

  /** Whether so much waits to be read that the suite takes no more from the system. */
  get isFull(): boolean {
    const { readableLength, readableHighWaterMark } = this.#options.stdout;
    return readableLength >= readableHighWaterMark;
  }

  #read(chunk: Buffer): void {
    const { history, waiter } = this.#options;
    const atUs = history.nowUs();
    const lines = this.#splitter.push(chunk);
    if (lines.length > manyLines) {
      this.#note('sent', Buffer.concat(lines.flatMap((line) => [line, lineFeed])), atUs);
    }
    for (const bytes of lines) {
      if (lines.length <= manyLines) this.#note('sent', Buffer.concat([bytes, lineFeed]), atUs);
      const frame = { ...frameFromLine(bytes, 'sessionId', 'worker'), bytes, atUs };
      this.received.push(frame);
      if (frame.kind === 'request') this.#refuse(frame);
      if (frame.kind !== 'response' || frame.idJson === undefined) continue;
      const key = keyOf(frame.idJson);
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
    waiter.look();
  }

  /** Its own requests get what a bus says where there is nobody to ask. */
  #refuse({ idJson, bytes }: WorkerFrame): void {
    if (this.#firstLines.has(bytes.toString().trimEnd())) return;
    const { jsonrpc, sessionId } = JSON.parse(bytes.toString());
    const members = {
      ...(jsonrpc === undefined ? {} : { jsonrpc }),
      ...(sessionId === undefined ? {} : { sessionId }),
      error: { code: -32051, message: 'nobody is there to ask' },
    };
    void this.write(`{"id":${idJson},${JSON.stringify(members).slice(1)}\n`);
  }

  #note(direction: 'sent' | 'received', bytes: Buffer, atUs?: number): void {
    const record = {
      kind: 'worker-bytes',
      process: 'worker',
      direction,
      ...bytesMember(bytes),
    } as const;
    this.#options.history.add(record, atUs);
  }
}

const lineFeed = Buffer.from('\n');

/** Ids are one where type and value are, whatever their spelling. */
export function keyOf(idJson: string): string {
  return JSON.stringify(JSON.parse(idJson));
}
