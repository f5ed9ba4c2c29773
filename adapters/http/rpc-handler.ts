import type { AdapterCore } from '../core/adapter-core.ts';
import { busFailure } from '../core/failure.ts';
import { traceIn } from '../core/frame-guard.ts';
import type { WebFacts } from '../core/web-caller.ts';
import type { Deadlines } from './deadlines.ts';
import { type HttpCall, invalid, replyFailure, replyFrame } from './http-reply.ts';
import { readBody } from './request-body.ts';

/** What stands behind POST /v1/rpc. */
export interface RpcOptions {
  readonly core: AdapterCore;
  /** Of bodies that do not come. */
  readonly deadlines: Deadlines;
}

/** POST /v1/rpc: one frame in; its response out, or 202 where it has none. Serves COR-1, FRM-7. */
export function serveRpc({ core, deadlines }: RpcOptions, call: HttpCall, facts: WebFacts): void {
  const limits = { maxBytes: core.maxFrameBytes, deadlines };
  readBody(call.request, limits, (body, failure) => {
    if (body === undefined) replyFailure(call, failure ?? invalid('there is no frame'));
    else answerFrame(core, call, { body, facts });
  });
}

function answerFrame(
  core: AdapterCore,
  call: HttpCall,
  { body, facts }: { readonly body: Buffer; readonly facts: WebFacts },
): void {
  const { response } = call;
  const span = { start: 0, end: body.length };
  const callSpan = core.tracing.isOn ? beginSpan(core, body, facts) : undefined;
  const { caller, sessionId, pool, trace } = facts;
  const traceparent = callSpan?.traceparent;
  const idJson = core.exchange.nextIdJson();
  const additions = { sessionId, pool, trace, traceparent, idJson };
  const asRequest = core.guard.check(body, span, caller, additions);
  // With an id of the exchange's, a notification would be answered, and a response be another's.
  const checked =
    asRequest.kind === 'request' || asRequest.kind === 'refused' || asRequest.kind === 'blank'
      ? asRequest
      : core.guard.check(body, span, caller, { ...additions, idJson: undefined });
  if (checked.kind === 'refused' || checked.kind === 'blank') {
    const failure = checked.kind === 'blank' ? invalid('the body is empty') : checked.failure;
    callSpan?.end(failure);
    const own = checked.kind === 'blank' ? {} : { idJson: checked.idJson };
    replyFailure(call, failure, own);
    return;
  }
  if (checked.kind !== 'request') {
    const failure = core.exchange.send(checked.line);
    callSpan?.end(failure);
    if (failure !== undefined) replyFailure(call, failure);
    else response.writeHead(202, { 'content-length': 0 }).end();
    return;
  }
  const { line, idJson: callerIdJson } = checked;
  const giveUp = core.exchange.request({ line, idJson, callerIdJson }, (answer) => {
    callSpan?.end(answer.failure);
    if (answer.failure === undefined) replyFrame(response, answer.frame);
    else replyFailure(call, answer.failure, { idJson: callerIdJson, frame: answer.frame });
  });
  response.on('close', () => {
    if (response.writableEnded) return;
    giveUp();
    callSpan?.end(busFailure({ name: 'DEADLINE_EXCEEDED', message: 'given up by the caller' }));
  });
}

function beginSpan({ tracing }: AdapterCore, body: Buffer, { trace, sessionId }: WebFacts) {
  const { traceparent } = trace ?? traceIn(body, { start: 0, end: body.length }) ?? {};
  return tracing.begin('POST /v1/rpc', traceparent, {
    'http.request.method': 'POST',
    'url.path': '/v1/rpc',
    'session.id': sessionId,
  });
}
