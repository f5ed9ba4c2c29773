/** What a bus counts from its start. The first eight are those of `stdio_bus/stats` (EXT-2). */
export class Counters {
  messagesIn = 0;
  messagesOut = 0;
  bytesIn = 0;
  bytesOut = 0;
  workerRestarts = 0;
  routingErrors = 0;
  clientConnects = 0;
  clientDisconnects = 0;
  /** Errors that the bus made, by name. */
  readonly errors = new Map<string, number>();
  /** Frames that were dropped by rule, by why. */
  readonly drops = new Map<DropReason, number>();

  /** What passed between clients and the workers of each pool, by the pool's index. */
  readonly pools: PoolCounters[] = [];

  /** A frame was given to a worker of a pool. */
  frameIn(pool: number, byteLength: number): void {
    this.messagesIn++;
    this.bytesIn += byteLength;
    this.pools[pool] ??= new PoolCounters();
    const counters = this.pools[pool];
    counters.messagesIn++;
    counters.bytesIn += byteLength;
  }

  /** A frame of a worker of a pool was given to a client. */
  frameOut(pool: number, byteLength: number): void {
    this.messagesOut++;
    this.bytesOut += byteLength;
    this.pools[pool] ??= new PoolCounters();
    const counters = this.pools[pool];
    counters.messagesOut++;
    counters.bytesOut += byteLength;
  }

  error(name: string): void {
    this.errors.set(name, (this.errors.get(name) ?? 0) + 1);
  }

  drop(reason: DropReason): void {
    this.routingErrors++;
    this.drops.set(reason, (this.drops.get(reason) ?? 0) + 1);
  }
}

/** Frames between clients and the workers of one pool; the bus's own are not in it. */
export class PoolCounters {
  messagesIn = 0;
  messagesOut = 0;
  bytesIn = 0;
  bytesOut = 0;
}

/** Why a frame was dropped. The list is closed. */
export type DropReason =
  | 'unmatched-response'
  | 'unroutable-notification'
  | 'no-owner'
  | 'not-a-frame'
  | 'half-line'
  | 'own-notification'
  | 'queue-full';
