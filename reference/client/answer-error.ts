/**
 * Throw it in a handler of worker requests to answer with this error. Anything else that is thrown is
 * answered with -32603, without its message: what went wrong here is nobody else's business.
 */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  /** JSON-RPC error code: an integer outside of -32050 to -32059. */
  readonly code: number;
  readonly data: unknown;

  /** Throws a RangeError where the code is no integer, or one of the bus's own. */
  constructor(code: number, message: string, data?: unknown) {
    super(message);
    if (!Number.isInteger(code) || (code <= -32_050 && code >= -32_059)) {
      throw new RangeError(`${code} is no code for an answer: an integer outside -32050 to -32059`);
    }
    this.code = code;
    this.data = data;
  }
}
