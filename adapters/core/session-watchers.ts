import type { Failure } from './failure.ts';

/** A frame of a session that answers nothing. */
export interface SessionFrame {
  readonly kind: 'notification' | 'request';
  readonly sessionId: string;
  /** LF excluded; the receiver's to keep. */
  readonly frame: Buffer;
}

/** Gets what comes in a session. */
export interface SessionWatcher {
  /** Whether it answers the requests of workers, by `send`. Else they get -32601. */
  readonly takesRequests?: boolean;
  onFrame(frame: SessionFrame): void;
  /** The connection to the bus is gone, and frames may have been missed. Called once. */
  onLost(failure: Failure): void;
}

/** Who is told of what comes in which session. */
export class SessionWatchers {
  readonly #bySession = new Map<string, Set<SessionWatcher>>();

  /** Adds one, until the result is called. */
  add(sessionId: string, watcher: SessionWatcher): () => void {
    const watchers = this.#bySession.get(sessionId) ?? new Set();
    this.#bySession.set(sessionId, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.#bySession.get(sessionId) === watchers) {
        this.#bySession.delete(sessionId);
      }
    };
  }

  /** Gives a frame to those that take its kind; whether there was one. */
  deliver(frame: SessionFrame): boolean {
    let isTaken = false;
    for (const watcher of [...(this.#bySession.get(frame.sessionId) ?? [])]) {
      if (frame.kind === 'request' && watcher.takesRequests !== true) continue;
      isTaken = true;
      watcher.onFrame(frame);
    }
    return isTaken;
  }

  /** Tells all of them that the connection is gone, and forgets them. */
  lose(failure: Failure): void {
    const watchers = [...this.#bySession.values()].flatMap((each) => [...each]);
    this.#bySession.clear();
    for (const watcher of watchers) watcher.onLost(failure);
  }
}
