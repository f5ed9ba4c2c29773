import type { EnvelopeScanner } from '../envelope-scanner.ts';
import type { ErrorFacts } from './bus-error.ts';
import type { Pool } from './pool.ts';
import { type Session, type SessionTable, tickOf } from './session-table.ts';
import type { BusSettings } from './settings.ts';
import type { Worker } from './worker.ts';

/** Where a frame goes. Reused from frame to frame. */
export interface Route {
  worker: Worker | undefined;
  sessionId: string | undefined;
  /** The session, where it is known already. */
  session: Session | undefined;
  /** Why there is no worker. */
  refusal: ErrorFacts | undefined;
}

export interface RouterOptions {
  readonly settings: BusSettings;
  readonly pools: readonly Pool[];
  readonly sessions: SessionTable;
}

/**
 * Finds the worker for a request or notification: by its session, else by its pool. Binds sessions
 * on their first frame, and anew where their worker was lost.
 *
 * Implements AFF-1, AFF-3, AFF-4, AFF-5, AFF-7, RST-4, RST-5.
 */
export class Router {
  readonly #settings: BusSettings;
  readonly #pools: readonly Pool[];
  readonly #sessions: SessionTable;
  readonly #poolsById: ReadonlyMap<string, Pool>;
  readonly #route: Route = {
    worker: undefined,
    sessionId: undefined,
    session: undefined,
    refusal: undefined,
  };

  constructor({ settings, pools, sessions }: RouterOptions) {
    this.#settings = settings;
    this.#pools = pools;
    this.#sessions = sessions;
    this.#poolsById = new Map(pools.map((pool) => [pool.settings.id, pool]));
  }

  /** The route of the frame that was scanned last; valid until the next call. Binds nothing. */
  route(frame: EnvelopeScanner, kind: 'request' | 'notification'): Route {
    const route = this.#route;
    const session = this.#sessions.findFor(frame);
    const sessionId = session === undefined ? frame.sessionId() : session.sessionId;
    route.sessionId = sessionId;
    route.session = session;
    route.refusal = undefined;
    if (session?.worker.isLive && !session.worker.isEnding) {
      route.worker = session.worker;
      return route;
    }
    // The pool of a session never changes.
    const pool =
      session === undefined ? this.#select(frame) : this.#pools[session.worker.poolIndex];
    const isAlone = sessionId === undefined;
    const purpose = isAlone ? kind : session === undefined ? 'session' : 'rebind';
    route.worker = pool?.nextWorker(purpose);
    if (pool !== undefined && route.worker === undefined) route.refusal = unavailable(pool);
    return route;
  }

  /**
   * The frame is given to the worker of its route: binds its session, or binds it anew, and makes
   * the connection its owner. Undefined for a frame without a session.
   */
  bind(route: Route, connection: number, nowMs: number): Session | undefined {
    const { worker, sessionId, session } = route;
    if (sessionId === undefined || worker === undefined) return undefined;
    if (session === undefined) return this.#sessions.add(sessionId, worker, connection, nowMs);
    if (session.worker !== worker) this.#sessions.rebind(session, worker);
    session.owner = connection;
    session.usedAt = tickOf(nowMs);
    return session;
  }

  /** The pool of a first or session-less frame; undefined, with a refusal, where it names none. */
  #select(frame: EnvelopeScanner): Pool | undefined {
    const named = frame.pool();
    if (named !== undefined) {
      const pool = this.#poolsById.get(named);
      if (pool === undefined) {
        this.#route.refusal = {
          name: 'UNKNOWN_POOL',
          message: `there is no pool ${JSON.stringify(named.slice(0, 100))}`,
        };
      }
      return pool;
    }
    const { rules, defaultPool } = this.#settings;
    if (rules.length > 0) {
      const method = frame.method() ?? '';
      const rule = rules.find(({ matches }) => matches(method));
      if (rule !== undefined) return this.#pools[rule.pool];
    }
    return this.#pools[defaultPool];
  }
}

function unavailable(pool: Pool): ErrorFacts {
  const { id } = pool.settings;
  return pool.hasFailed
    ? { name: 'UNAVAILABLE', message: `every worker of pool ${id} has failed` }
    : { name: 'UNAVAILABLE', message: `pool ${id} has no live worker`, retryable: true };
}
