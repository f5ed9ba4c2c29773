import { JsonText, skipWhitespace } from '../../reference/json-text.ts';
import { skipValue } from '../../reference/json-value.ts';
import type { AdapterCore } from '../core/adapter-core.ts';
import type { Answer } from '../core/exchange.ts';
import { busFailure, type Failure } from '../core/failure.ts';
import { traceIn } from '../core/frame-guard.ts';
import type { CallFacts } from './caller-call.ts';
import type { CallRequest } from './messages.ts';

/** A request on its way. */
export interface BusRequest {
  /** `CallRequest`, or one that a message of the process profile stands for. */
  readonly request: CallRequest;
  readonly facts: CallFacts;
  /** The method of the service, for its span. */
  readonly rpc: string;
}

/** Sends a request to the bus, and calls once. The result gives it up. */
export function sendRequest(
  core: AdapterCore,
  busRequest: BusRequest,
  onAnswer: (answer: Answer) => void,
): () => void {
  const sent = prepared(core, busRequest, core.exchange.nextIdJson());
  if ('failure' in sent) {
    onAnswer({ failure: sent.failure });
    return () => {};
  }
  const { checked, idJson, span } = sent;
  if (checked.kind === 'response') {
    onAnswer({ failure: invalid('a response is not answered: use Notify') });
    return () => {};
  }
  const { line } = checked;
  let hasEnded = false;
  const giveUp = core.exchange.request(
    { line, idJson, callerIdJson: checked.idJson === 'null' ? idJson : checked.idJson },
    (answer) => {
      hasEnded = true;
      span?.end(answer.failure);
      onAnswer(answer);
    },
  );
  return () => {
    if (hasEnded) return;
    hasEnded = true;
    giveUp();
    span?.end(busFailure({ name: 'DEADLINE_EXCEEDED', message: 'given up by the caller' }));
  };
}

/** Sends a notification or a response; undefined where the bus was given it. */
export function sendNotification(core: AdapterCore, busRequest: BusRequest): Failure | undefined {
  const sent = prepared(core, busRequest, undefined);
  if ('failure' in sent) return sent.failure;
  const { checked, span } = sent;
  const failure =
    checked.kind === 'request'
      ? invalid('a frame with an id is a request: use Call')
      : core.exchange.send(checked.line);
  span?.end(failure);
  return failure;
}

function prepared(
  core: AdapterCore,
  { request, facts, rpc }: BusRequest,
  idJson: string | undefined,
) {
  const bytes = frameFrom(request);
  if (!Buffer.isBuffer(bytes)) return { failure: invalid(bytes.problem) };
  const frameSpan = { start: 0, end: bytes.length };
  const sessionId = request.sessionId || facts.sessionId;
  const trace = facts.trace ?? traceIn(bytes, frameSpan);
  const span = core.tracing.begin(`stdiobus.v1.${rpc}`, trace?.traceparent, {
    'rpc.system': 'grpc',
    'rpc.method': rpc,
    'session.id': sessionId,
  });
  const checked = core.guard.check(bytes, frameSpan, facts.caller, {
    sessionId,
    pool: request.pool || undefined,
    trace: facts.trace,
    traceparent: span?.traceparent,
    idJson,
  });
  if (checked.kind === 'refused' || checked.kind === 'blank') {
    const failure = checked.kind === 'blank' ? invalid('the frame is empty') : checked.failure;
    span?.end(failure);
    return { failure };
  }
  return { checked, span, idJson: idJson ?? 'null' };
}

/** The frame of a request, or what is wrong with the message, in words. */
function frameFrom({ frame, method, params }: CallRequest): Buffer | { problem: string } {
  const hasFrame = frame !== undefined && frame.length > 0;
  if (hasFrame === (method !== undefined && method !== '')) {
    return { problem: 'give a frame, or a method with its params' };
  }
  if (hasFrame) return frame;
  const start = `{"jsonrpc":"2.0","method":${JSON.stringify(method)}`;
  if (params === undefined || params.length === 0) return Buffer.from(`${start}}`);
  if (!isContainer(params)) return { problem: 'params are a JSON object or array' };
  return Buffer.concat([Buffer.from(`${start},"params":`), params, Buffer.from('}')]);
}

const text = new JsonText();

/** Whether the bytes are one JSON object or array, and nothing else: more could be other members. */
function isContainer(bytes: Buffer): boolean {
  text.load(bytes, bytes.length);
  const start = skipWhitespace(text, 0);
  if (bytes[start] !== 0x7b && bytes[start] !== 0x5b) return false;
  const end = skipValue(text, start);
  return end >= 0 && skipWhitespace(text, end) === bytes.length;
}

function invalid(message: string): Failure {
  return busFailure({ name: 'INVALID_REQUEST', message });
}
