import { type ErrorFacts, errorLine } from './bus-error.ts';
import type { Connection } from './connection.ts';
import type { Pending } from './correlator.ts';
import type { Switchboard } from './switchboard.ts';

/** Errors that the bus gives in place of a receiver, counted. */

/** Answers a line of a client; `idJson` is its id's spelling in UTF-8, or `null`. */
export function answerError(
  board: Switchboard,
  connection: Connection,
  idJson: string,
  facts: ErrorFacts,
): void {
  board.counters.error(facts.name);
  const { name: error, message: reason } = facts;
  board.log.warn({ connection: connection.number, error, reason }, 'answered with an error');
  answerLine(board, connection, errorLine(idJson, facts));
}

/** Gives a client a line of the bus's own. */
export function answerLine(board: Switchboard, connection: Connection, line: string): void {
  if (!connection.takesFrame()) return;
  const before = connection.output.stagedBytes;
  connection.output.pushLine(line);
  board.counters.messagesOut++;
  board.counters.bytesOut += connection.output.stagedBytes - before;
}

/** Ends a pending request with an error. */
export function failPending(board: Switchboard, pending: Pending, facts: ErrorFacts): void {
  if (!board.correlator.close(pending)) return;
  answerError(board, pending.connection, utf8Text(`${pending.clientId}`), facts);
}

/** Text of which each character stands for one byte of UTF-8. */
export function utf8Text(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString();
}
