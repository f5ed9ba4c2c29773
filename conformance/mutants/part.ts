import type { BusParts } from '../../reference/bus/bus-parts.ts';
import { clientFrames } from '../../reference/bus/client-frames.ts';
import { Connection } from '../../reference/bus/connection.ts';
import { type BusSettings, settingsFromConfig } from '../../reference/bus/settings.ts';
import type { Switchboard } from '../../reference/bus/switchboard.ts';
import { Worker } from '../../reference/bus/worker.ts';
import { workerFrames } from '../../reference/bus/worker-frames.ts';
import type { EnvelopeKind } from '../../reference/envelope-scanner.ts';
import type { FrameSink } from '../../reference/frame-decoder.ts';

export type ConnectionOptions = ConstructorParameters<typeof Connection>[0];
export type WorkerOptions = ConstructorParameters<typeof Worker>[0];

/** A line, and what the reference would do with it. */
export interface LineAt {
  readonly board: Switchboard;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly kind: EnvelopeKind;
  /** Lets the reference take the line, or another in its place. */
  pass(line?: Buffer): void;
}

export interface ClientLine extends LineAt {
  readonly connection: Connection;
}

export interface WorkerLine extends LineAt {
  readonly worker: Worker;
}

/** Client lines go through this first. */
export function takesClientLines(take: (line: ClientLine) => void): Partial<BusParts> {
  return {
    clientFrames: (board, connection) => {
      const sink = clientFrames(board, connection);
      return lineSink(board, sink, (line) => take({ ...line, connection }));
    },
  };
}

/** Lines of workers go through this first. */
export function takesWorkerLines(take: (line: WorkerLine) => void): Partial<BusParts> {
  return {
    workerFrames: (board, worker) => {
      const sink = workerFrames(board, worker);
      return lineSink(board, sink, (line) => take({ ...line, worker }));
    },
  };
}

function lineSink(board: Switchboard, sink: FrameSink, take: (line: LineAt) => void): FrameSink {
  return {
    ...sink,
    onLine(bytes, start, end) {
      const kind = board.scanner.scan(bytes, start, end);
      const pass = (line = bytes.subarray(start, end)) => sink.onLine(line, 0, line.length);
      take({ board, bytes, start, end, kind, pass });
    },
  };
}

/** The same bus with other settings than its configuration says. */
export function hasSettings(
  change: (settings: BusSettings) => Partial<BusSettings>,
): Partial<BusParts> {
  return {
    settingsFromConfig: (config) => {
      const settings = settingsFromConfig(config);
      return { ...settings, ...change(settings) };
    },
  };
}

/** Connections that are made with other options. */
export function hasConnections(
  change: (options: ConnectionOptions) => Partial<ConnectionOptions>,
): Partial<BusParts> {
  return { createConnection: (options) => new Connection({ ...options, ...change(options) }) };
}

/** Workers that are made with other options. */
export function hasWorkers(
  change: (options: WorkerOptions) => Partial<WorkerOptions>,
): Partial<BusParts> {
  return { createWorker: (options) => new Worker({ ...options, ...change(options) }) };
}

/** A board that is another one in some of its members. */
export function boardWith(board: Switchboard, members: Partial<Switchboard>): Switchboard {
  return Object.assign(Object.create(board), members);
}

/** The object that a line is; undefined where it is none. */
export function objectFromLine({ bytes, start, end }: LineAt): Record<string, unknown> | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end));
    const value = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A value as a line. JSON of any depth: what is too deep for the runtime is left as it is. */
export function lineFromObject(value: unknown): Buffer | undefined {
  try {
    return Buffer.from(JSON.stringify(value));
  } catch {
    return undefined;
  }
}

/** The live workers of a board. */
export function liveWorkers({ pools }: Switchboard): Worker[] {
  return pools.flatMap(({ slots }) => slots.flatMap(({ liveWorker }) => liveWorker ?? []));
}
