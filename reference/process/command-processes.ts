import type { StartParams } from '../../schemas/generated/process.ts';
import { AnswerError } from '../client/answer-error.ts';
import { doneWithin } from '../client/deadline.ts';
import { workerCodes } from '../worker/worker-codes.ts';
import { CommandProcess, type ProcessSurroundings } from './command-process.ts';
import { spawnCommand } from './spawn-command.ts';
import type { StartPolicy } from './start-policy.ts';

type SessionId = string | undefined;

/** How much longer than its kill delay a process may take to be closed, at the end. */
const lastCloseMs = 2000;

/** The processes of all sessions, by the `processId` that each session has chosen. */
export class CommandProcesses {
  readonly #around: ProcessSurroundings;
  readonly #policy: StartPolicy;
  readonly #sessions = new Map<SessionId, Map<string, CommandProcess>>();
  readonly #open = new Set<CommandProcess>();
  #onAllClosed = () => {};

  constructor(around: ProcessSurroundings, policy: StartPolicy) {
    this.#around = around;
    this.#policy = policy;
  }

  /** The process with this id in this session; undefined where it has none. */
  find(sessionId: SessionId, processId: string): CommandProcess | undefined {
    return this.#sessions.get(sessionId)?.get(processId);
  }

  /** Starts a command. Throws an AnswerError where it cannot; no process exists then. */
  async start(
    sessionId: SessionId,
    params: StartParams,
    notify: (method: string, params: object) => Promise<void>,
  ): Promise<void> {
    const { processId } = params;
    if (this.find(sessionId, processId) !== undefined) {
      const words = `process ${processId} already exists in this session`;
      throw new AnswerError(workerCodes.invalidRequest, words);
    }
    const start = this.#policy(params);
    this.#refuseBeyondLimits();
    const child = spawnCommand(start);
    if (child instanceof Promise) throw await child;
    const onClosed = () => this.#closed(sessionId, processId, command);
    const options = { processId, start, child, notify, onClosed };
    const command: CommandProcess = new CommandProcess(this.#around, options);
    this.#open.add(command);
    const own = this.#sessions.get(sessionId) ?? new Map<string, CommandProcess>();
    this.#sessions.set(sessionId, own.set(processId, command));
  }

  /** Answers the reads that wait, and ends all processes. */
  end(killDelayMs: number): void {
    for (const processes of this.#sessions.values()) {
      for (const command of processes.values()) command.wakeReads();
    }
    for (const command of this.#open) command.end(killDelayMs);
  }

  /** Resolves when all processes are closed, or cannot be. */
  async allClosed(killDelayMs: number): Promise<void> {
    if (this.#open.size === 0) return;
    await doneWithin(this.#around.clock, killDelayMs + lastCloseMs, (done) => {
      this.#onAllClosed = done;
    });
  }

  #refuseBeyondLimits(): void {
    const { limits, tally } = this.#around;
    const { maxProcesses, maxTotalRetainedBytes } = limits;
    const { overloaded } = workerCodes;
    if (this.#open.size >= maxProcesses) {
      throw new AnswerError(overloaded, `${maxProcesses} processes run already; retry later`);
    }
    if (tally.bytes < maxTotalRetainedBytes) return;
    throw new AnswerError(overloaded, 'too much output is retained already; retry later');
  }

  #closed(sessionId: SessionId, processId: string, command: CommandProcess): void {
    const { clock, limits } = this.#around;
    this.#open.delete(command);
    if (this.#open.size === 0) this.#onAllClosed();
    clock.after(limits.retentionMs, () => {
      command.forget();
      const own = this.#sessions.get(sessionId);
      own?.delete(processId);
      if (own?.size === 0) this.#sessions.delete(sessionId);
    });
  }
}
