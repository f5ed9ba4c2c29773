import { AnswerError } from './answer-error.ts';
import type { FrameLink } from './frame-link.ts';

/** A request of a worker, such as whether a command may run. */
export interface ReceivedWorkerRequest {
  readonly method: string;
  readonly sessionId: string | undefined;
  readonly params: unknown;
  /** The whole frame, parsed. */
  readonly frame: Readonly<Record<string, unknown>>;
  /** Aborted when nobody waits for the answer any more: the worker or the connection is gone. */
  readonly signal: AbortSignal;
}

/**
 * Answers a worker's request with what it returns, or resolves with; undefined is answered as null.
 * Where it throws an AnswerError that is the answer, and -32603 where it throws anything else.
 */
export type WorkerRequestHandler = (request: ReceivedWorkerRequest) => unknown;

export interface WorkerQuestionsOptions {
  readonly handler: WorkerRequestHandler | undefined;
  readonly sessionIdField: string;
  readonly maxFrameBytes: number;
  /** Sends a line on this connection and on no other. */
  readonly reply: (link: FrameLink, line: string) => void;
  readonly onFault: (error: unknown, method: string) => void;
}

interface Question {
  readonly link: FrameLink;
  readonly idJson: string;
  readonly sessionId: string | undefined;
  readonly controller: AbortController;
}

type Answer = { result: unknown } | { error: { code: number; message: string; data?: unknown } };

/**
 * The requests of workers that are not answered yet. Each gets one answer, with the id as the worker
 * spelled it and its session, on the connection that it came from. Implements COR-6.
 */
export class WorkerQuestions {
  readonly #options: WorkerQuestionsOptions;
  readonly #open = new Set<Question>();

  constructor(options: WorkerQuestionsOptions) {
    this.#options = options;
  }

  /** Takes a request; the answer follows. */
  async take(
    link: FrameLink,
    idJson: string,
    request: Omit<ReceivedWorkerRequest, 'signal'>,
  ): Promise<void> {
    const { sessionId, method } = request;
    const question: Question = { link, idJson, sessionId, controller: new AbortController() };
    this.#open.add(question);
    const { handler } = this.#options;
    if (handler === undefined) {
      this.#answer(question, refusal(-32_601, 'this client answers no requests'));
      return;
    }
    try {
      const result = await handler({ ...request, signal: question.controller.signal });
      this.#answer(question, { result });
    } catch (error) {
      this.#refuse(question, error, method);
    }
  }

  /** A session has lost its worker: its questions are answered, so that their ids are free. */
  abandonSession(sessionId: string): void {
    for (const question of this.#open) {
      if (question.sessionId !== sessionId) continue;
      this.#answer(question, refusal(-32_603, 'the worker that asked is gone'));
      question.controller.abort();
    }
  }

  /** The connection is gone, and with it everybody who asked. */
  abandonAll(): void {
    for (const question of this.#open) {
      this.#open.delete(question);
      question.controller.abort();
    }
  }

  /** Answers with the error that the handler has thrown, or with one that says nothing of it. */
  #refuse(question: Question, thrown: unknown, method: string): void {
    let fault = thrown;
    if (thrown instanceof AnswerError) {
      const { code, message, data } = thrown;
      try {
        this.#answer(question, { error: { code, message, data } });
        return;
      } catch (error) {
        fault = error;
      }
    }
    this.#options.onFault(fault, method);
    this.#answer(question, refusal(-32_603, 'the client could not answer'));
  }

  #answer(question: Question, answer: Answer): void {
    const { sessionIdField, maxFrameBytes, reply } = this.#options;
    const { idJson, sessionId } = question;
    const session =
      sessionId === undefined
        ? ''
        : `${JSON.stringify(sessionIdField)}:${JSON.stringify(sessionId)},`;
    const lineOf = (member: string) => `{"jsonrpc":"2.0","id":${idJson},${session}${member}}\n`;
    const line = lineOf(
      'result' in answer
        ? `"result":${JSON.stringify(answer.result) ?? 'null'}`
        : `"error":${JSON.stringify(answer.error)}`,
    );
    // Only now: what cannot be written as JSON is answered as a fault.
    if (!this.#open.delete(question)) return;
    const isTooLong = Buffer.byteLength(line) - 1 > maxFrameBytes;
    const tooLong = '"error":{"code":-32603,"message":"the answer is too long for the bus"}';
    reply(question.link, isTooLong ? lineOf(tooLong) : line);
  }
}

function refusal(code: number, message: string): Answer {
  return { error: { code, message } };
}
