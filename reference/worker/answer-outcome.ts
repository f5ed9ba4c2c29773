import type { Log } from '../bus/log.ts';
import { AnswerError } from '../client/answer-error.ts';
import { ClientRequestError } from './client-request-error.ts';
import { faultFacts } from './fault-facts.ts';
import { workerCodes } from './worker-codes.ts';

/** The last member of a response. */
export type OutcomeJson = `"result":${string}` | `"error":${string}`;

/** The outcome of a handler that returned this. Throws where it cannot be written as JSON. */
export function resultOutcome(result: unknown): OutcomeJson {
  return `"result":${JSON.stringify(result) ?? 'null'}`;
}

/**
 * The outcome of a handler that threw this. An AnswerError, and an error with a code of JSON-RPC's
 * range such as other libraries throw, is the answer; anything else is logged, and nobody else's
 * business.
 */
export function errorOutcome(thrown: unknown, facts: { method: string; log: Log }): OutcomeJson {
  const { method, log } = facts;
  let fault = thrown;
  if (isAnswer(thrown)) {
    const { code, message, data } = thrown;
    try {
      return `"error":${JSON.stringify({ code, message: String(message), data })}`;
    } catch (error) {
      fault = error;
    }
  }
  log.error({ method, ...faultFacts(fault) }, 'a handler failed');
  const error = { code: workerCodes.internalError, message: 'the worker failed at this request' };
  return `"error":${JSON.stringify(error)}`;
}

function isAnswer(thrown: unknown): thrown is { code: number; message: unknown; data?: unknown } {
  if (thrown instanceof AnswerError) return true;
  // What a client answered is no answer of ours.
  if (!(thrown instanceof Error) || thrown instanceof ClientRequestError) return false;
  const { code } = thrown as { code?: unknown };
  // Codes that say what a process ended with, or the bus's own passed on, are none.
  const isServerCode = Number.isInteger(code) && Number(code) >= -32_768 && Number(code) <= -32_000;
  return isServerCode && !(Number(code) <= -32_050 && Number(code) >= -32_059);
}
