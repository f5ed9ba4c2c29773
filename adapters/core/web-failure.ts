import { STATUS_CODES } from 'node:http';
import { type Failure, failureLine } from './failure.ts';
import { retryPushbackMs, transportStatus } from './transport-status.ts';

/** A response that says a failure: its status, and the JSON-RPC error response as its body. */
export interface WebFailure {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer;
}

/** The HTTP response of a failure (spec/errors.md, "Other transports"). `frame`: its own error response. */
export function webFailure(failure: Failure, idJson = 'null', frame?: Buffer): WebFailure {
  const { http: status } = transportStatus(failure);
  const body = frame ?? Buffer.from(failureLine(idJson, failure).slice(0, -1));
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    'content-length': body.length,
  };
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  const pushbackMs = retryPushbackMs(failure);
  if (pushbackMs !== undefined && pushbackMs >= 0) {
    headers['retry-after'] = Math.ceil(pushbackMs / 1000);
  }
  return { status, headers, body };
}

/** The same as bytes, for a connection that is upgraded: the connection ends with it. */
export function webFailureBytes(failure: Failure): Buffer {
  const { status, headers, body } = webFailure(failure);
  const lines = Object.entries({ ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
