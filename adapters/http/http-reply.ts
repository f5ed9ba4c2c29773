import type { IncomingMessage, ServerResponse } from 'node:http';
import { busFailure, type Failure } from '../core/failure.ts';
import { webFailure } from '../core/web-failure.ts';

/** A request and its response. */
export interface HttpCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Answers with a failure: its status, and the JSON-RPC error response as the body. */
export function replyFailure(
  { request, response }: HttpCall,
  failure: Failure,
  {
    idJson = 'null',
    frame,
    status,
  }: { idJson?: string; frame?: Buffer | undefined; status?: number } = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const reply = webFailure(failure, idJson, frame);
  // What was not read of the body would be taken for the next request.
  const connection = request.complete ? {} : { connection: 'close' };
  response.writeHead(status ?? reply.status, { ...reply.headers, ...connection });
  response.end(reply.body);
}

/** Up to this length a body is written as a string: together with its headers, in one piece. */
const longestText = 8192;

/** Answers with a frame. */
export function replyFrame(response: ServerResponse, frame: Buffer): void {
  const { length } = frame;
  response.writeHead(200, ['content-type', 'application/json', 'content-length', String(length)]);
  if (length <= longestText) response.end(frame.toString('latin1'), 'latin1');
  else response.end(frame);
}

export function replyJson({ response }: HttpCall, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

export function invalid(message: string): Failure {
  return busFailure({ name: 'INVALID_REQUEST', message });
}
