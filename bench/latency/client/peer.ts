import { PhaseClock } from '../measure/phase-clock.ts';
import type { Wire, WireEvents } from './wire.ts';

export type Dialect = 'jsonrpc' | 'codex';

/** A frame that came, as far as it is looked at. */
export interface ReceivedFrame {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Put into every frame that is sent. */
export interface FrameMembers {
  sessionId?: string;
  _ext?: { readonly trace: { readonly traceparent: string } };
}

/**
 * Requests and their responses on one wire. It calls back at once instead of by promises, so that a
 * piece of work ends when its last frame was read. `clock` is that of the work at hand.
 */
export class Peer implements WireEvents {
  readonly members: FrameMembers = {};
  clock = new PhaseClock();
  onNotification: (frame: ReceivedFrame) => void = () => {};
  /** Told once, where it closed. */
  onLost: (reason: string) => void = () => {};
  closeReason: string | undefined;
  readonly #dialect: Dialect;
  readonly #pending = new Map<number, (frame: ReceivedFrame) => void>();
  #wire: Wire | undefined;
  #nextId = 1;
  /** What the clock is at while nothing is left to do. */
  #idle: 'wait' | undefined;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  get dialect(): Dialect {
    return this.#dialect;
  }

  attach(wire: Wire): void {
    this.#wire = wire;
  }

  /** Takes the times of a piece of work on a clock of its own. */
  begin(clock: PhaseClock): void {
    this.clock = clock;
    this.#idle = 'wait';
  }

  /** Takes no more times. */
  finish(): void {
    this.clock.leave();
    this.#idle = undefined;
  }

  request(method: string, params: object, onAnswer: (frame: ReceivedFrame) => void): void {
    const isTimed = this.#idle !== undefined;
    if (isTimed) this.clock.enter('register');
    const id = this.#nextId++;
    this.#pending.set(id, onAnswer);
    this.#send({ id, method, ...this.members, params }, isTimed);
  }

  notify(method: string): void {
    this.#send({ method }, false);
  }

  #send(frame: object, isTimed: boolean): void {
    const wire = this.#wire as Wire;
    if (isTimed) this.clock.enter('serialise');
    const isCodex = this.#dialect === 'codex';
    const bytes = wire.encode(JSON.stringify(isCodex ? frame : { jsonrpc: '2.0', ...frame }));
    if (isTimed) this.clock.enter('enqueue');
    wire.write(bytes);
    if (isTimed) this.clock.enter('wait');
  }

  onArrival(decode: () => readonly string[]): void {
    if (this.#idle !== undefined) this.clock.enter('deserialise');
    try {
      for (const json of decode()) this.#take(JSON.parse(json));
    } catch (error) {
      this.onClose(`what came is no frame: ${(error as Error).message}`);
      this.#wire?.close();
    }
    if (this.#idle !== undefined) this.clock.enter(this.#idle);
  }

  /** With the wire, after a close from here too. */
  onClose(reason: string): void {
    if (this.closeReason !== undefined) return;
    this.closeReason = reason;
    this.onLost(reason);
  }

  close(): void {
    this.#wire?.close();
  }

  #take(frame: ReceivedFrame): void {
    if (frame.method !== undefined) {
      if (frame.id === undefined) this.onNotification(frame);
      return;
    }
    const onAnswer = this.#pending.get(Number(frame.id));
    // An error of the bus's own may have no id.
    if (onAnswer === undefined) return;
    this.#pending.delete(Number(frame.id));
    onAnswer(frame);
  }
}
