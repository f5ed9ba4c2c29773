import {
  validateClosedParams,
  validateExitedParams,
  validateOutputParams,
} from '../../schemas/generated/process.validate.ts';
import type { BusRequester } from '../client/bus-requester.ts';
import type { ReceivedNotification } from '../client/notification-stream.ts';
import type { PushedEvent } from './event-order.ts';

/** What is taken out of an inbox. */
export type Arrival =
  | { readonly type: 'event'; readonly event: PushedEvent }
  /** Events may have been missed. */
  | { readonly type: 'missed' }
  /** The bus has lost the worker of the session. */
  | { readonly type: 'lost'; readonly reason: string }
  /** Nothing comes any more: the client was closed. */
  | { readonly type: 'end' };

/** The events of one process as they come, until somebody takes them. */
export class EventInbox {
  readonly #maxBytes: number;
  readonly #onClose: () => void;
  #arrivals: Arrival[] = [];
  #bytes = 0;
  #taker: ((arrival: Arrival | undefined) => void) | undefined;

  constructor(maxBytes: number, onClose: () => void) {
    this.#maxBytes = maxBytes;
    this.#onClose = onClose;
  }

  /** The next arrival; undefined where none came in that time, 0: never. One caller at a time. */
  next(timeoutMs: number): Promise<Arrival | undefined> {
    const arrival = this.#arrivals.shift();
    if (arrival !== undefined) {
      this.#bytes -= bytesOf(arrival);
      return Promise.resolve(arrival);
    }
    return new Promise((resolve) => {
      const timer = timeoutMs > 0 ? setTimeout(() => this.#give(undefined), timeoutMs) : undefined;
      this.#taker = (taken) => {
        clearTimeout(timer);
        resolve(taken);
      };
    });
  }

  /** Takes something in. What does not fit is dropped, all of it: a read is cheaper than many gaps. */
  push(arrival: Arrival): void {
    if (this.#give(arrival)) return;
    this.#arrivals.push(arrival);
    this.#bytes += bytesOf(arrival);
    if (this.#bytes <= this.#maxBytes) return;
    this.#arrivals = [
      { type: 'missed' },
      ...this.#arrivals.filter(({ type }) => type === 'lost' || type === 'end'),
    ];
    this.#bytes = 0;
  }

  close(): void {
    this.#arrivals = [];
    this.#onClose();
    this.#give(undefined);
  }

  #give(arrival: Arrival | undefined): boolean {
    const taker = this.#taker;
    this.#taker = undefined;
    taker?.(arrival);
    return taker !== undefined;
  }
}

function bytesOf(arrival: Arrival): number {
  if (arrival.type !== 'event') return 0;
  return (arrival.event.type === 'output' ? arrival.event.chunk.length : 0) + 128;
}

/** The inboxes of one session on one client, over one stream of its notifications. */
class SessionInboxes {
  readonly #inboxes = new Map<string, EventInbox>();
  readonly #stream: ReturnType<BusRequester['notifications']>;
  readonly #stopWatching: () => void;
  #dropped = 0;

  constructor(bus: BusRequester, sessionId: string) {
    this.#stream = bus.notifications({ sessionId });
    this.#stopWatching = bus.onReconnect(() => this.#tellAll({ type: 'missed' }));
    void this.#run();
  }

  open(processId: string, maxBytes: number, onLast: () => void): EventInbox {
    const inbox = new EventInbox(maxBytes, () => {
      if (this.#inboxes.get(processId) !== inbox) return;
      this.#inboxes.delete(processId);
      if (this.#inboxes.size > 0) return;
      this.#stream.close();
      this.#stopWatching();
      onLast();
    });
    this.#inboxes.set(processId, inbox);
    return inbox;
  }

  async #run(): Promise<void> {
    for await (const notification of this.#stream) {
      if (this.#stream.dropped > this.#dropped) {
        this.#dropped = this.#stream.dropped;
        this.#tellAll({ type: 'missed' });
      }
      this.#take(notification);
    }
    this.#tellAll({ type: 'end' });
  }

  #take({ method, params }: ReceivedNotification): void {
    if (method === 'stdio_bus/session_lost') {
      const { reason } = (params ?? {}) as { reason?: unknown };
      this.#tellAll({ type: 'lost', reason: String(reason ?? 'the worker was lost') });
      return;
    }
    const { processId } = (params ?? {}) as { processId?: unknown };
    const inbox = this.#inboxes.get(processId as string);
    if (inbox === undefined) return;
    const event = eventFrom(method, params);
    if (event !== undefined) inbox.push({ type: 'event', event });
  }

  #tellAll(arrival: Arrival): void {
    for (const inbox of [...this.#inboxes.values()]) inbox.push(arrival);
  }
}

/** The event of a notification of the profile; undefined of any other, and of one that is none. */
function eventFrom(method: string, params: unknown): PushedEvent | undefined {
  if (method === 'process/output' && validateOutputParams(params)) {
    const { seq, stream, chunk } = params;
    return { type: 'output', seq, stream, chunk };
  }
  if (method === 'process/exited' && validateExitedParams(params)) {
    const { seq, exitCode, sandboxDenied } = params;
    return { type: 'exited', seq, exitCode, sandboxDenied };
  }
  if (method !== 'process/closed') return undefined;
  const { seq } = params as { seq?: unknown };
  return { type: 'closed', seq: validateClosedParams(params) ? Number(seq) : undefined };
}

const sessionsByBus = new WeakMap<BusRequester, Map<string, SessionInboxes>>();

/** Opens the inbox of a process, from now on. All those of a session share one stream. */
export function openEventInbox(
  bus: BusRequester,
  of: { readonly sessionId: string; readonly processId: string; readonly maxBytes: number },
): EventInbox {
  const { sessionId, processId, maxBytes } = of;
  const sessions = sessionsByBus.get(bus) ?? new Map<string, SessionInboxes>();
  sessionsByBus.set(bus, sessions);
  const inboxes = sessions.get(sessionId) ?? new SessionInboxes(bus, sessionId);
  sessions.set(sessionId, inboxes);
  return inboxes.open(processId, maxBytes, () => sessions.delete(sessionId));
}
