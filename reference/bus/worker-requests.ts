import type { Worker } from './worker.ts';

/** A request of a worker that a client was given and has not answered yet. */
export interface WorkerRequest {
  readonly worker: Worker;
  readonly sessionId: string;
  /** Its id in its own spelling, one character for each byte. */
  readonly idJson: string;
}

/** So many questions may wait for one client. */
export const maxWorkerRequests = 65_536;

/**
 * The requests of workers that one connection has not answered yet. Those of a lost worker stay
 * until they are answered: an answer to an old question must never be taken for one to a new
 * question that has the same id. Implements COR-6.
 */
export class WorkerRequests {
  readonly #byId = new Map<string, WorkerRequest[]>();
  size = 0;

  /**
   * Notes a request; false where one with the same id and session waits already: for this
   * connection, whoever asked, or from the same worker for another connection.
   */
  add(request: WorkerRequest): boolean {
    const { worker } = request;
    const same = this.#byId.get(request.idJson);
    if (same?.some(({ sessionId }) => sessionId === request.sessionId)) return false;
    const question = questionOf(request);
    if (worker.questions.has(question)) return false;
    worker.questions.add(question);
    if (same === undefined) this.#byId.set(request.idJson, [request]);
    else same.push(request);
    this.size++;
    return true;
  }

  /** Takes the one request that a response answers: that of its session, or the only one. */
  take(idJson: string, sessionId: string | undefined): WorkerRequest | undefined {
    const candidates = this.#byId.get(idJson) ?? [];
    const matching =
      sessionId === undefined
        ? candidates
        : candidates.filter((candidate) => candidate.sessionId === sessionId);
    const [match] = matching;
    if (match === undefined || matching.length > 1) return undefined;
    const rest = candidates.filter((candidate) => candidate !== match);
    if (rest.length === 0) this.#byId.delete(idJson);
    else this.#byId.set(idJson, rest);
    this.size--;
    match.worker.questions.delete(questionOf(match));
    return match;
  }

  /** Takes all: the connection cannot answer any more. */
  takeAll(): WorkerRequest[] {
    const all = [...this.#byId.values()].flat();
    for (const request of all) request.worker.questions.delete(questionOf(request));
    this.#byId.clear();
    this.size = 0;
    return all;
  }
}

function questionOf({ idJson, sessionId }: WorkerRequest): string {
  return `${idJson} ${sessionId}`;
}
