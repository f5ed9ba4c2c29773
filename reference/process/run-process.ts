import { randomUUID } from 'node:crypto';
import type { OutputStream, ProcessSignal, WriteStatus } from '../../schemas/generated/process.ts';
import type { BusRequester } from '../client/bus-requester.ts';
import { ProcessRunner } from './process-runner.ts';

export interface RunProcessOptions {
  /** The program and its arguments. */
  readonly argv: readonly [string, ...string[]];
  /** The folder in which it starts: an absolute path on the worker's machine, or a `file:` URI. */
  readonly cwd: string;
  /** Its environment, exactly; empty by default. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The name that it sees as its own; `argv[0]` by default. */
  readonly arg0?: string | undefined;
  /** Whether `write` may feed its stdin, which is at its end otherwise. */
  readonly pipeStdin?: boolean | undefined;
  /** Whether it gets a terminal, of a worker that has them. */
  readonly tty?: boolean | undefined;
  /** By default one that nobody else has. */
  readonly processId?: string | undefined;
  /** The session that it belongs to; by default one of its own. */
  readonly sessionId?: string | undefined;
  /** The pool of workers that run commands, where it is not the one that the bus would take. */
  readonly pool?: string | undefined;
  /** `events`, the default, lives on notifications; `read` asks with `process/read` until the end. */
  readonly mode?: 'events' | 'read' | undefined;
  /** Bytes of events that wait to be iterated over, 4 MiB by default; beyond that they are read later. */
  readonly maxQueuedBytes?: number | undefined;
  /** Bytes of output that one read asks for; as many as the worker gives by default. */
  readonly maxReadBytes?: number | undefined;
  /** In read mode, milliseconds that a read waits: less than the bus's request timeout. 10 000 by default. */
  readonly waitMs?: number | undefined;
  /**
   * In event mode, milliseconds without an event after which it is asked whether the worker still has
   * the process, by a write of nothing; 30 000 by default, 0: never.
   */
  readonly checkMs?: number | undefined;
  /** Terminates the process when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** An event of a process. */
export type ProcessEvent =
  | {
      readonly type: 'output';
      readonly seq: number;
      readonly stream: OutputStream;
      readonly chunk: Buffer;
    }
  | {
      readonly type: 'exited';
      readonly seq: number;
      /** 128 + n where signal n ended it; -1 where it is unknown. */
      readonly exitCode: number;
      readonly sandboxDenied: boolean;
    }
  | { readonly type: 'closed'; readonly seq: number };

/** How a process has ended. */
export interface ProcessResult {
  readonly exitCode: number;
  /** Whether a sandbox denied it something. */
  readonly sandboxDenied: boolean;
  /** Why the worker lost the process; its output may then be incomplete. Null where it did not. */
  readonly failure: string | null;
  /** How often `process/read` was needed: in event mode never, where nothing was missed. */
  readonly reads: number;
}

/** Where output goes that is collected. */
export interface CollectedOutput {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/**
 * A process that runs. Its events are iterated over once, in order, by one reader, from the first
 * output to `closed`; leaving the iteration lets go of the process, which goes on.
 *
 * The iteration, `result` and `collect` reject with a ProcessRunError where events are lost for good
 * (OUTPUT_LOST) or the worker is (PROCESS_LOST), and with the BusRequestError of a read that failed.
 */
export interface ProcessRun extends AsyncIterable<ProcessEvent> {
  readonly processId: string;
  readonly sessionId: string;
  /** Resolves when it is closed. Where nobody iterates, its output is taken, and dropped. */
  result(): Promise<ProcessResult>;
  /** The result, with all that it has written; instead of an iteration. */
  collect(): Promise<ProcessResult & CollectedOutput>;
  /** Writes to its stdin. The write is named, so that a worker never writes it twice. */
  write(bytes: Uint8Array | string): Promise<WriteStatus>;
  /** Signals it and the processes that it has started. */
  kill(signal: ProcessSignal): Promise<void>;
  /** Ends it, and the processes that it has started; whether it ran. */
  terminate(): Promise<boolean>;
}

/**
 * Runs a command on a worker of the process profile, through an embedded bus or a client of one that
 * runs elsewhere. Resolves when it runs.
 *
 * In event mode a run that misses nothing makes no `process/read`. Where it lags behind
 * `maxQueuedBytes`, sees a gap in the numbers, has a new connection, or an older worker told the exit
 * without `sandboxDenied`, it reads what it needs: every event is given once, in order.
 *
 * Rejects with the BusRequestError of `process/start`: WORKER_ERROR with code -32603 where the command
 * cannot be started, -32602 where the worker does not take it. Implements PRC-5, PRC-6.
 */
export async function runProcess(
  bus: BusRequester,
  options: RunProcessOptions,
): Promise<ProcessRun> {
  const { processId = randomUUID(), sessionId = `process-${randomUUID()}` } = options;
  const runner = new ProcessRunner(bus, { ...options, processId, sessionId });
  await runner.start();
  return {
    processId,
    sessionId,
    [Symbol.asyncIterator]: () => runner,
    result: () => runner.result(),
    collect: () => runner.collect(),
    write: (bytes) => runner.write(bytes),
    kill: (signal) => runner.kill(signal),
    terminate: () => runner.terminate(),
  };
}
