/** A notification as it came. */
export interface ReceivedNotification {
  readonly method: string;
  readonly sessionId: string | undefined;
  readonly params: unknown;
  /** The whole frame, parsed: `_ext`, `agentId` and whatever else is in it. */
  readonly frame: Readonly<Record<string, unknown>>;
}

/** Which notifications to get; without a member, all of them. */
export interface NotificationFilter {
  readonly sessionId?: string | undefined;
  readonly method?: string | undefined;
  /**
   * So many bytes of frames wait at most to be iterated over, 4 MiB by default. Beyond that the
   * oldest are dropped, and counted in `dropped`.
   */
  readonly maxQueuedBytes?: number | undefined;
}

/** Notifications one after another, from the moment at which it was made. */
export interface NotificationStream extends AsyncIterableIterator<ReceivedNotification> {
  /** How many were dropped because nobody took them in time. */
  readonly dropped: number;
  /** Ends it, as leaving a `for await` does. What is queued is still given. */
  close(): void;
}

interface Queued {
  readonly notification: ReceivedNotification;
  readonly byteLength: number;
}

type Result = IteratorResult<ReceivedNotification, undefined>;

/** The queue behind one iteration. It ends after what is queued when its client is closed. */
class NotificationQueue implements NotificationStream {
  dropped = 0;
  readonly #filter: NotificationFilter;
  readonly #maxQueuedBytes: number;
  readonly #onClose: (queue: NotificationQueue) => void;
  #queued: Queued[] = [];
  /** Index in `queued` of the first that was not taken. */
  #first = 0;
  #queuedBytes = 0;
  #takers: ((result: Result) => void)[] = [];
  #isClosed = false;

  constructor(filter: NotificationFilter, onClose: (queue: NotificationQueue) => void) {
    this.#filter = filter;
    this.#maxQueuedBytes = filter.maxQueuedBytes ?? 4_194_304;
    this.#onClose = onClose;
  }

  /** Takes a notification, if the filter wants it. */
  push(notification: ReceivedNotification, byteLength: number): void {
    const { sessionId, method } = this.#filter;
    if (this.#isClosed) return;
    if (sessionId !== undefined && notification.sessionId !== sessionId) return;
    if (method !== undefined && notification.method !== method) return;
    const taker = this.#takers.shift();
    if (taker !== undefined) {
      taker({ value: notification, done: false });
      return;
    }
    this.#queued.push({ notification, byteLength });
    this.#queuedBytes += byteLength;
    // The newest stays, whatever its length: whoever comes late sees where things stand.
    while (this.#queuedBytes > this.#maxQueuedBytes && this.#queued.length - this.#first > 1) {
      this.#shift();
      this.dropped++;
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#onClose(this);
    for (const taker of this.#takers) taker({ value: undefined, done: true });
    this.#takers = [];
  }

  next(): Promise<Result> {
    const queued = this.#shift();
    if (queued !== undefined) {
      return Promise.resolve({ value: queued.notification, done: false });
    }
    if (this.#isClosed) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  return(): Promise<Result> {
    this.close();
    this.#queued = [];
    this.#first = 0;
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #shift(): Queued | undefined {
    const queued = this.#queued[this.#first];
    if (queued === undefined) return undefined;
    this.#queuedBytes -= queued.byteLength;
    this.#first++;
    // Moved down once in a while, so that taking costs the same however many wait.
    if (this.#first * 2 >= this.#queued.length) {
      this.#queued.splice(0, this.#first);
      this.#first = 0;
    }
    return queued;
  }
}

/** The open streams of a client. */
export class NotificationStreams {
  readonly #open = new Set<NotificationQueue>();
  #isClosed = false;

  open(filter: NotificationFilter): NotificationStream {
    const stream = new NotificationQueue(filter, () => this.#open.delete(stream));
    if (this.#isClosed) stream.close();
    else this.#open.add(stream);
    return stream;
  }

  push(notification: ReceivedNotification, byteLength: number): void {
    for (const stream of this.#open) stream.push(notification, byteLength);
  }

  close(): void {
    this.#isClosed = true;
    for (const stream of this.#open) stream.close();
  }
}
