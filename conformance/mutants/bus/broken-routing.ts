import { Pool, type TurnPurpose } from '../../../reference/bus/pool.ts';
import { type Route, Router, type RouterOptions } from '../../../reference/bus/router.ts';
import { type Session, SessionTable } from '../../../reference/bus/session-table.ts';
import type { Worker } from '../../../reference/bus/worker.ts';
import { type EnvelopeKind, EnvelopeScanner } from '../../../reference/envelope-scanner.ts';

/** Gives new sessions, or frames without one, to the first worker that lives. */
export class LazyPool extends Pool {
  readonly #purposes: readonly TurnPurpose[];

  constructor(purposes: readonly TurnPurpose[], ...pool: ConstructorParameters<typeof Pool>) {
    super(...pool);
    this.#purposes = purposes;
  }

  override nextWorker(purpose: TurnPurpose): Worker | undefined {
    if (!this.#purposes.includes(purpose)) return super.nextWorker(purpose);
    return this.slots.find(({ liveWorker }) => liveWorker !== undefined)?.liveWorker;
  }
}

/** Gives new sessions to workers in pairs: two to each at a time. */
export class PairPool extends Pool {
  #isSecond = false;
  #last: Worker | undefined;

  override nextWorker(purpose: TurnPurpose): Worker | undefined {
    if (purpose !== 'session') return super.nextWorker(purpose);
    this.#isSecond = !this.#isSecond;
    if (this.#isSecond || this.#last?.isLive !== true) this.#last = super.nextWorker(purpose);
    return this.#last;
  }
}

/** Takes the session id from `params` where there is one. */
export class ParamsScanner extends EnvelopeScanner {
  #sessionId: string | undefined;

  override scan(bytes: Buffer, start: number, end: number): EnvelopeKind {
    const params = /"params":\{.*"sessionId":"([^"\\]+)"/.exec(bytes.toString('utf8', start, end));
    this.#sessionId = params?.[1];
    return super.scan(bytes, start, end);
  }

  override sessionId(): string | undefined {
    return this.#sessionId ?? super.sessionId();
  }

  override get plainSessionStart(): number {
    return this.#sessionId === undefined ? super.plainSessionStart : -1;
  }
}

const shortId = 64;

/** Goes by the first characters of a session id. */
export class TruncatingScanner extends EnvelopeScanner {
  override sessionId(): string | undefined {
    return super.sessionId()?.slice(0, shortId);
  }

  override get plainSessionStart(): number {
    return -1;
  }
}

/** Moves a session to whichever pool its frame names. */
export class MovingRouter extends Router {
  readonly #options: RouterOptions;

  constructor(options: RouterOptions) {
    super(options);
    this.#options = options;
  }

  override route(...args: Parameters<Router['route']>): Route {
    const [frame] = args;
    const { pools, sessions } = this.#options;
    const session = sessions.findFor(frame);
    const named = pools.find(({ settings }) => settings.id === frame.pool());
    if (session !== undefined && named !== undefined && named.index !== session.worker.poolIndex) {
      const worker = named.nextWorker('session');
      if (worker !== undefined) sessions.rebind(session, worker);
    }
    return super.route(...args);
  }
}

/** Takes any pool where the one that is named does not exist. */
export class ForgivingRouter extends Router {
  readonly #options: RouterOptions;

  constructor(options: RouterOptions) {
    super(options);
    this.#options = options;
  }

  override route(...args: Parameters<Router['route']>): Route {
    const route = super.route(...args);
    if (route.refusal?.name !== 'UNKNOWN_POOL') return route;
    const { pools, settings } = this.#options;
    route.worker = pools[settings.defaultPool]?.nextWorker('session');
    route.refusal = undefined;
    return route;
  }
}

const fewSessions = 1000;

/** Forgets the oldest session where there are many. */
export class SmallSessionTable extends SessionTable {
  readonly #oldestFirst: Session[] = [];

  override add(...args: Parameters<SessionTable['add']>): Session {
    const session = super.add(...args);
    this.#oldestFirst.push(session);
    if (this.#oldestFirst.length > fewSessions) this.forget(this.#oldestFirst.shift() as Session);
    return session;
  }
}
