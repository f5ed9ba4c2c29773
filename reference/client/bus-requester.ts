import type { HelloParams, HelloResult, StatsResult } from '../../schemas/generated/bus-methods.ts';
import type { FrameOptions } from './frame-line.ts';
import type {
  NotificationFilter,
  NotificationStream,
  ReceivedNotification,
} from './notification-stream.ts';

export interface NotifyOptions extends FrameOptions {
  /** Gives it up while it waits to be sent. */
  readonly signal?: AbortSignal | undefined;
}

export interface RequestOptions extends FrameOptions {
  /** Milliseconds until it fails with TIMEOUT; 0: never. The client's own default otherwise. */
  readonly timeoutMs?: number | undefined;
  /** Gives it up with ABORTED. The worker goes on with it; its late answer is dropped. */
  readonly signal?: AbortSignal | undefined;
}

/** What can be asked of a bus, embedded or over a socket: code for the one serves the other. */
export interface BusRequester extends AsyncIterable<ReceivedNotification> {
  /**
   * Sends a request and resolves with its result. It waits while the connection takes no more, and
   * frames of one session go out in the order of the calls (AFF-2). It is sent once, or not at all.
   *
   * Rejects with a BusRequestError: of the bus, of the worker, or of this side (TIMEOUT, ABORTED,
   * CLOSED, NOT_CONNECTED, CONNECTION_LOST, QUEUE_FULL, FRAME_TOO_LARGE); `delivered` says whether a
   * worker may have seen it. With a TypeError where `params` cannot be written as JSON, a RangeError
   * where `timeoutMs` is no time. Serves COR-1.
   */
  request<Result = unknown>(
    method: string,
    params?: object,
    options?: RequestOptions,
  ): Promise<Result>;
  /**
   * Sends a notification; resolves once it was given to the connection, which is all that can be
   * known of it (COR-4). Rejects as `request` does.
   */
  notify(method: string, params?: object, options?: NotifyOptions): Promise<void>;
  /**
   * The notifications of workers that come after this call; any number of such streams may be open.
   * Each has a bounded queue, and counts what it had to drop. A worker's notification comes to
   * whoever was last to send a request or notification in its session (AFF-8).
   */
  notifications(filter?: NotificationFilter): NotificationStream;
  /**
   * Calls after each connection but the first: notifications may have been missed, and those of a
   * session come again only once something was sent in it. The result ends that.
   */
  onReconnect(call: () => void): () => void;
  /**
   * Negotiates versions and extensions (EXT-1), by default protocol version 1 without extensions.
   * The last one that succeeded is said again on each new connection.
   */
  hello(params?: HelloParams): Promise<HelloResult>;
  /** What the bus has counted, and the state of its workers (EXT-2). */
  stats(): Promise<StatsResult>;
}
