import { randomBytes } from 'node:crypto';
import type { Clock } from '../bus/clock.ts';
import { startDeadline } from '../client/deadline.ts';
import { ClientRequestError, clientRequestErrorFrom } from './client-request-error.ts';

export interface ClientRequestOptions {
  /** Milliseconds until it fails with TIMEOUT; 0, the default: never. */
  readonly timeoutMs?: number;
  /** Gives it up with ABORTED; the signal of the handler does so too. */
  readonly signal?: AbortSignal;
}

interface Question {
  resolve(result: unknown): void;
  reject(error: ClientRequestError): void;
}

export interface AskOptions {
  readonly timeoutMs: number;
  /** Any of them gives it up. */
  readonly signals: readonly AbortSignal[];
  /** Writes the request with this id. */
  readonly write: (id: string) => void;
  /** Called where the bus says that no client is left to answer. */
  readonly onClientGone: () => void;
}

/**
 * The requests to clients that are not answered yet. Their ids begin with a random part, so that no
 * earlier incarnation of the worker has used them. Serves COR-6.
 */
export class ClientRequests {
  readonly #clock: Clock;
  readonly #prefix = randomBytes(6).toString('base64url');
  readonly #open = new Map<string, Question>();
  #lastId = 0;
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Asks, and resolves with the result. Rejects with a ClientRequestError. */
  ask({ timeoutMs, signals, write, onClientGone }: AskOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!(timeoutMs >= 0)) throw new RangeError(`timeoutMs is ${timeoutMs}, not a time`);
      if (this.#isClosed) throw closedError();
      const aborted = signals.find((signal) => signal.aborted);
      if (aborted !== undefined) throw givenUp('ABORTED', aborted.reason);
      const id = `${this.#prefix}-${++this.#lastId}`;
      write(id);
      const watch = (deadline: { timeoutMs: number; signal: AbortSignal | undefined }) =>
        startDeadline({ clock: this.#clock, ...deadline }, (name, cause) =>
          this.#take(id)?.reject(givenUp(name, cause)),
        );
      const cancels = [
        watch({ timeoutMs, signal: undefined }),
        ...signals.map((signal) => watch({ timeoutMs: 0, signal })),
      ];
      const cancel = () => {
        for (const each of cancels) each();
      };
      this.#open.set(id, {
        resolve: (result) => {
          cancel();
          resolve(result);
        },
        reject: (error) => {
          cancel();
          reject(error);
          if (error.source === 'bus' && error.name === 'UNAVAILABLE') onClientGone();
        },
      });
    });
  }

  /** Takes a response; false where nothing is open under its id. */
  answer(frame: Readonly<Record<string, unknown>>): boolean {
    const question = this.#take(frame.id);
    if (question === undefined) return false;
    if (frame.error === undefined) question.resolve(frame.result);
    else question.reject(clientRequestErrorFrom(frame.error));
    return true;
  }

  /** The response with this id came, and was too long. */
  lose(idJson: string): void {
    const message = 'the answer is longer than maxFrameBytes';
    const error = { name: 'TOO_LARGE', source: 'worker', message } as const;
    this.#take(JSON.parse(idJson))?.reject(new ClientRequestError(error));
  }

  /** No answer can come any more. */
  close(): void {
    this.#isClosed = true;
    for (const id of [...this.#open.keys()]) this.#take(id)?.reject(closedError());
  }

  #take(id: unknown): Question | undefined {
    const question = this.#open.get(id as string);
    this.#open.delete(id as string);
    return question;
  }
}

function closedError(): ClientRequestError {
  const message = 'nobody is left to answer: the input has ended';
  return new ClientRequestError({ name: 'CLOSED', source: 'worker', message });
}

function givenUp(name: 'TIMEOUT' | 'ABORTED', cause: unknown): ClientRequestError {
  const message = name === 'TIMEOUT' ? 'no answer in time' : 'the request was aborted';
  return new ClientRequestError({ name, source: 'worker', message, cause });
}
