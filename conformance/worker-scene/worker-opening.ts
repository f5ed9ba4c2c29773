import type { WorkerSubject } from '../../schemas/generated/worker-subject.ts';
import { valueAt } from './frame-text.ts';
import type { WorkerCalls } from './worker-calls.ts';
import type { WorkerSession } from './worker-session.ts';

export interface WorkerOpeningOptions {
  readonly subject: WorkerSubject;
  readonly calls: WorkerCalls;
  /** Writes a line to the worker. */
  send(line: string): void;
  /** A fact that was learned by the way. */
  observe(name: string, value: string): void;
}

/** What a worker is told before it serves, as its manifest says: the handshake, and its sessions. */
export class WorkerOpening {
  readonly #options: WorkerOpeningOptions;
  #lastSession = 0;

  constructor(options: WorkerOpeningOptions) {
    this.#options = options;
  }

  /** Makes the handshake of the process, where there is one. */
  async process(limitMs: number): Promise<void> {
    await this.#shakeHands('process', undefined, limitMs);
  }

  /** Opens one more session. */
  async session(limitMs: number): Promise<WorkerSession> {
    const id = `s${++this.#lastSession}`;
    await this.#shakeHands('session', { id }, limitMs);
    const { subject, observe } = this.#options;
    const { session: start } = subject;
    if (start === undefined) return { id };
    const frame = start.request as Record<string, unknown>;
    const { bytes } = await this.#ask(frame, { id }).response({ limitMs });
    const { result } = JSON.parse(bytes.toString()) as { result?: unknown };
    const threadId = String(valueAt(result, start.idPointer) ?? '');
    observe(`thread of ${id}`, threadId);
    return { id, threadId };
  }

  async #shakeHands(
    per: 'process' | 'session',
    session: WorkerSession | undefined,
    limitMs: number,
  ): Promise<void> {
    const { subject, calls, send } = this.#options;
    const { handshake } = subject;
    if (handshake?.per !== per) return;
    for (const frame of handshake.frames as Record<string, unknown>[]) {
      if (frame.id === undefined) send(calls.text({ frame, session }));
      else await this.#ask(frame, session).response({ limitMs });
    }
  }

  #ask(frame: Record<string, unknown>, session: WorkerSession | undefined) {
    const { calls, send } = this.#options;
    const call = calls.prepare({ frame, session });
    send(call.line);
    return call;
  }
}
