import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PlainWorker } from './plain-worker.ts';

/** A frame of either side, as far as faults look at it. */
export interface ProcessFrame {
  readonly id?: unknown;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: Readonly<Record<string, unknown>>;
}

const cli = fileURLToPath(new URL('../../../cli.js', import.meta.url));

/** The reference's process worker behind a filter that hands every frame on: faults change some. */
export class FilteredProcessWorker extends PlainWorker {
  /** Options of `worker process`. */
  readonly args: readonly string[] = [];
  /** The requests, by their ids. */
  readonly asked = new Map<string, ProcessFrame>();
  #child: ChildProcessWithoutNullStreams | undefined;

  override run(): void {
    const child = spawn(process.execPath, [cli, 'worker', 'process', ...this.args]);
    this.#child = child;
    child.stderr.pipe(process.stderr);
    child.stdin.on('error', () => {});
    createInterface({ input: process.stdin })
      .on('line', (line) => this.#take(line))
      .once('close', () => child.stdin.end());
    createInterface({ input: child.stdout }).on('line', (line) => {
      for (const frame of this.answered(JSON.parse(line) as ProcessFrame)) this.emit(frame);
    });
    child.once('close', (code) => process.stdout.write('', () => process.exit(code ?? 1)));
    process.on('SIGTERM', () => child.kill('SIGTERM'));
  }

  #take(line: string): void {
    let frame: ProcessFrame;
    try {
      frame = JSON.parse(line) as ProcessFrame;
    } catch {
      this.#child?.stdin.write(`${line}\n`);
      return;
    }
    this.asked.set(JSON.stringify(frame.id), frame);
    this.#child?.stdin.write(`${JSON.stringify(this.taken(frame))}\n`);
  }

  /** What the worker behind it reads of a frame. */
  taken(frame: ProcessFrame): ProcessFrame {
    return frame;
  }

  /** What is written in place of a frame. */
  answered(frame: ProcessFrame): readonly ProcessFrame[] {
    return [frame];
  }

  emit(frame: ProcessFrame): void {
    process.stdout.write(`${JSON.stringify(frame)}\n`);
  }

  /** The params of the request that a frame answers, if it is one of this method. */
  paramsOf(frame: ProcessFrame, method: string): Readonly<Record<string, unknown>> | undefined {
    if (frame.method !== undefined) return undefined;
    const request = this.asked.get(JSON.stringify(frame.id));
    return request?.method === method ? (request.params ?? {}) : undefined;
  }
}
