import type { Clock } from '../bus/clock.ts';
import type { WrappedServer } from './wrapped-server.ts';

export interface ServerTableOptions {
  readonly clock: Clock;
  /** Servers that may run at a time. */
  readonly maxServers: number;
  /** Milliseconds without a frame after which a server that has nothing to do is ended; 0: never. */
  readonly idleMs: number;
  /** Starts the server of a session. */
  readonly start: (sessionId: string | undefined) => WrappedServer;
}

/** The servers that run, one for each session, and one for frames without a session. */
export class ServerTable {
  readonly #options: ServerTableOptions;
  readonly #bySession = new Map<string | undefined, WrappedServer>();
  /** Asked to end, but not ended yet. */
  readonly #ending = new Set<WrappedServer>();
  readonly #cancelWatch = new Map<WrappedServer, () => void>();

  constructor(options: ServerTableOptions) {
    this.#options = options;
  }

  /** All that run. */
  all(): WrappedServer[] {
    return [...this.#bySession.values(), ...this.#ending];
  }

  /** Requests that are pending on all of them. */
  get pendingCount(): number {
    let count = 0;
    for (const server of this.all()) count += server.pendingCount;
    return count;
  }

  /**
   * The server of a session, started where none runs; undefined where too many do, and none of them is
   * idle. Else the one that was idle for longest makes room.
   */
  serverOf(sessionId: string | undefined): WrappedServer | undefined {
    const running = this.#bySession.get(sessionId);
    if (running !== undefined) return running;
    if (this.#bySession.size >= this.#options.maxServers) {
      const idle = this.#longestIdle();
      if (idle === undefined) return undefined;
      this.end(idle);
    }
    const server = this.#options.start(sessionId);
    this.#bySession.set(sessionId, server);
    this.#watch(server, this.#options.idleMs);
    return server;
  }

  /** The server that runs for a session. */
  running(sessionId: string | undefined): WrappedServer | undefined {
    return this.#bySession.get(sessionId);
  }

  /** Asks a server to end; the session's next frame starts another. */
  end(server: WrappedServer): void {
    if (this.#bySession.get(server.sessionId) !== server) return;
    this.#unwatch(server);
    this.#bySession.delete(server.sessionId);
    this.#ending.add(server);
    server.end();
  }

  /** A server has ended. */
  delete(server: WrappedServer): void {
    this.#unwatch(server);
    this.#ending.delete(server);
    if (this.#bySession.get(server.sessionId) === server) this.#bySession.delete(server.sessionId);
  }

  #longestIdle(): WrappedServer | undefined {
    let found: WrappedServer | undefined;
    for (const server of this.#bySession.values()) {
      if (server.isIdle && (found === undefined || server.usedAtMs < found.usedAtMs)) {
        found = server;
      }
    }
    return found;
  }

  #watch(server: WrappedServer, delayMs: number): void {
    const { clock, idleMs } = this.#options;
    if (idleMs === 0) return;
    const cancel = clock.after(delayMs, () => {
      const remainingMs = server.usedAtMs + idleMs - clock.nowMs();
      if (remainingMs <= 0 && server.isIdle) this.end(server);
      else this.#watch(server, Math.max(remainingMs, idleMs / 4, 10));
    });
    this.#cancelWatch.set(server, cancel);
  }

  #unwatch(server: WrappedServer): void {
    this.#cancelWatch.get(server)?.();
    this.#cancelWatch.delete(server);
  }
}
