import type { EnvelopeScanner } from '../envelope-scanner.ts';
import { SessionCache } from './session-cache.ts';
import type { Worker } from './worker.ts';

/** A session: where its frames go, and who owns it. */
export interface Session {
  readonly sessionId: string;
  /** The worker that it is bound to; lost ones are replaced on the session's next frame. */
  worker: Worker;
  /** Number of the connection that last sent a frame of it. */
  owner: number;
  /** Requests pending. */
  pending: number;
  /** When its last frame passed, see `tickOf`. */
  usedAt: number;
}

/** A moment in tenths of a second: small enough to be kept in the object itself for years. */
export function tickOf(nowMs: number): number {
  return (nowMs / 100) | 0;
}

/**
 * All sessions by their id. A session is one object and one entry of a map, so that a million of
 * them are found as fast as ten. Implements AFF-1, AFF-9.
 */
export class SessionTable {
  readonly #sessions = new Map<string, Session>();
  readonly #recent = new SessionCache();

  get size(): number {
    return this.#sessions.size;
  }

  find(sessionId: string): Session | undefined {
    return this.#sessions.get(sessionId);
  }

  /** The session of the frame that was scanned last. */
  findFor(frame: EnvelopeScanner): Session | undefined {
    const { view, plainSessionStart: start, plainSessionEnd: end } = frame;
    const recent = start < 0 ? undefined : this.#recent.find(view, start, end);
    if (recent !== undefined) return recent;
    const sessionId = frame.sessionId();
    const session = sessionId === undefined ? undefined : this.#sessions.get(sessionId);
    if (session !== undefined && start >= 0) this.#recent.keep(session, view, start, end);
    return session;
  }

  /** Binds a new session. */
  add(sessionId: string, worker: Worker, owner: number, nowMs: number): Session {
    const session = { sessionId, worker, owner, pending: 0, usedAt: tickOf(nowMs) };
    this.#sessions.set(sessionId, session);
    worker.sessions++;
    return session;
  }

  /** Binds a session whose worker was lost to another one. */
  rebind(session: Session, worker: Worker): void {
    session.worker = worker;
    worker.sessions++;
  }

  /** Forgets a session: its next frame is a first one. */
  forget(session: Session): void {
    this.#sessions.delete(session.sessionId);
    this.#recent.clear();
    session.worker.sessions--;
  }

  /** Forgets sessions without a frame since then and with nothing pending; how many. */
  forgetIdle(sinceMs: number): number {
    let count = 0;
    const since = tickOf(sinceMs);
    for (const session of this.#sessions.values()) {
      if (session.usedAt >= since || session.pending > 0) continue;
      this.forget(session);
      count++;
    }
    return count;
  }

  /** The sessions bound to a worker. Looks at all sessions: for losses, not for frames. */
  *ofWorker(worker: Worker): Generator<Session> {
    for (const session of this.#sessions.values()) if (session.worker === worker) yield session;
  }
}
