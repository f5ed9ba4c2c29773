import { type Handshakes, isConfirmation, type RecordedHandshake } from './handshakes.ts';

/** A frame of a client for a server, in the server's own spelling, without an id. */
export interface ServerFrame {
  readonly frame: Buffer;
  readonly method: string;
  /** The id of a request as the client spelled it; undefined for a notification. */
  readonly idJson: string | undefined;
}

export interface ServerHandshakeEvents {
  /** Gives the server a frame of its client. */
  forward(frame: ServerFrame): void;
  /** Gives it a frame of a recorded handshake; the response of a request comes to `replayed`. */
  replay(frame: Buffer, isRequest: boolean): void;
  /** Answers the client's `initialize` in the server's place, with `"result":…` or `"error":…`. */
  answer(idJson: string, outcome: string): void;
}

/**
 * The handshake of one server. A client's own is passed on, once, and recorded; a later `initialize` is
 * answered with what the server said then. Where the client does not begin with one, a recorded
 * handshake is made first, and the client's frames wait for its end.
 */
export class ServerHandshake {
  readonly #sessionId: string | undefined;
  readonly #handshakes: Handshakes;
  readonly #events: ServerHandshakeEvents;
  #state: 'new' | 'asked' | 'replaying' | 'done' = 'new';
  /** What the server answered to `initialize`. */
  #outcome = '';
  #isConfirmed = false;
  #record: RecordedHandshake = { frames: [] };
  #remaining: RecordedHandshake['frames'] = [];
  /** Clients that said `initialize` while it was under way. */
  #asking: string[] = [];
  #held: ServerFrame[] = [];

  constructor(
    sessionId: string | undefined,
    handshakes: Handshakes,
    events: ServerHandshakeEvents,
  ) {
    this.#sessionId = sessionId;
    this.#handshakes = handshakes;
    this.#events = events;
  }

  /** The requests that have not been given to the server. */
  waitingIds(): string[] {
    const held = this.#held.flatMap(({ idJson }) => (idJson === undefined ? [] : [idJson]));
    return [...this.#asking, ...held];
  }

  get isWaiting(): boolean {
    return this.#held.length > 0 || this.#asking.length > 0 || this.#state === 'replaying';
  }

  /** Takes a request or a notification of the client. */
  take(frame: ServerFrame): void {
    const { method, idJson } = frame;
    if (this.#state === 'new') this.#begin(frame);
    if (idJson !== undefined && method === 'initialize') this.#takeInitialize(frame, idJson);
    else if (idJson === undefined && isConfirmation(method)) this.#takeConfirmation(frame);
    else if (this.#state === 'replaying') this.#held.push(frame);
    else this.#events.forward(frame);
  }

  /** The client's `initialize` was answered by the server. */
  initialized(outcome: string): void {
    const hasSucceeded = outcome.startsWith('"result"');
    this.#state = hasSucceeded ? 'done' : 'new';
    this.#outcome = outcome;
    if (hasSucceeded) this.#handshakes.record(this.#sessionId, this.#record);
    this.#answerAsking();
  }

  /** A request of the recorded handshake was answered by the server. */
  replayed(outcome: string): void {
    if (this.#outcome === '') this.#outcome = outcome;
    this.#replay();
  }

  /** The server has ended: nothing waits any more. */
  end(): void {
    this.#asking = [];
    this.#held = [];
    this.#state = 'done';
  }

  #begin({ method, idJson }: ServerFrame): void {
    const isOwn = method === 'initialize' && idJson !== undefined && !this.#handshakes.isGiven;
    const recorded = isOwn ? undefined : this.#handshakes.of(this.#sessionId);
    if (recorded === undefined) return;
    this.#state = 'replaying';
    this.#isConfirmed = recorded.frames.some(({ isRequest }) => !isRequest);
    this.#remaining = [...recorded.frames];
    // The session's own from now on, also where it took the one of another.
    this.#handshakes.record(this.#sessionId, recorded);
    this.#record = recorded;
    this.#replay();
  }

  #replay(): void {
    for (;;) {
      const next = this.#remaining.shift();
      if (next === undefined) break;
      this.#events.replay(next.frame, next.isRequest);
      if (next.isRequest) return;
    }
    this.#state = 'done';
    this.#answerAsking();
    for (const frame of this.#held.splice(0)) this.#events.forward(frame);
  }

  #takeInitialize(frame: ServerFrame, idJson: string): void {
    if (this.#state === 'done') this.#events.answer(idJson, this.#outcome);
    else if (this.#state === 'new') {
      this.#state = 'asked';
      this.#record = { frames: [{ frame: frame.frame, isRequest: true }] };
      this.#events.forward(frame);
    } else this.#asking.push(idJson);
  }

  #takeConfirmation(frame: ServerFrame): void {
    if (this.#isConfirmed) return;
    this.#isConfirmed = this.#state !== 'new';
    const { frames } = this.#record;
    // Sessions share it: one of them may have confirmed it before.
    const isComplete = frames.some(({ isRequest }) => !isRequest);
    if (this.#isConfirmed && !isComplete) frames.push({ frame: frame.frame, isRequest: false });
    if (this.#state === 'replaying') this.#held.push(frame);
    else this.#events.forward(frame);
  }

  #answerAsking(): void {
    for (const idJson of this.#asking.splice(0)) this.#events.answer(idJson, this.#outcome);
  }
}
