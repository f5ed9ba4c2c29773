/** What the soak's worker says about its frame, in each of them. */
export interface FrameOrder {
  readonly worker: string;
  /** How many frames of the session it has sent, with this one. */
  readonly sent: number;
  /** Those of them that the bus has refused: questions that could not be put to the owner (COR-6). */
  readonly refused: readonly number[];
  /** The connection that alone has sent requests of the session to this worker. */
  readonly only?: string;
}

/**
 * The frames of one session, as they come on one connection: in the order in which their worker sent
 * them (AFF-2), and without a gap as long as the connection has the session alone. What is missing has
 * to be what the bus refused, frame by frame, and what the bus refused has to be missing. A worker may
 * learn of a refusal only after its next frames; but before any request that was made since.
 */
export class FrameSequence {
  #last: FrameOrder | undefined;
  /** Missing frames of this worker, each with the first request number that was not yet in use then. */
  readonly #missing = new Map<number, number>();
  /** How many of the worker's refusals were looked at. */
  #refusals = 0;
  /** Workers that the session has left: these have ended (AFF-1). */
  readonly #left = new Set<string>();

  /** The worker of the last frame. */
  get worker(): string | undefined {
    return this.#last?.worker;
  }

  /** Takes the next frame; what is wrong with it, if anything. */
  take(next: FrameOrder, isAlone: boolean, nextNumber: number): string | undefined {
    const last = this.#last?.worker === next.worker ? this.#last : undefined;
    if (this.#left.has(next.worker)) return 'went back to a worker that it had left';
    if (last === undefined) this.#changeWorker();
    this.#last = next;
    const due = (last?.sent ?? 0) + 1;
    if (next.sent < due) return `frame ${next.sent} of its worker came after ${due - 1}`;
    for (let sent = due; isAlone && sent < next.sent; sent += 1) {
      this.#missing.set(sent, nextNumber);
    }
    // A frame of another connection that was on its way may have made that the owner for a moment.
    if (next.only === undefined) this.#missing.clear();
    const refused = next.refused.slice(this.#refusals);
    this.#refusals = next.refused.length;
    const wrong = refused.filter((sent) => !this.#missing.delete(sent) && isAlone);
    return wrong.length > 0 ? `frames ${wrong} of its worker were refused, but came` : undefined;
  }

  /** The worker has answered this request, and so has read all refusals from before it was made. */
  answered(number: number): string | undefined {
    const lost = [...this.#missing].filter(([, nextNumber]) => nextNumber <= number);
    for (const [sent] of lost) this.#missing.delete(sent);
    return lost.length > 0
      ? `frames ${lost.map(([sent]) => sent)} of its worker are lost`
      : undefined;
  }

  #changeWorker(): void {
    if (this.#last !== undefined) this.#left.add(this.#last.worker);
    this.#missing.clear();
    this.#refusals = 0;
  }
}
