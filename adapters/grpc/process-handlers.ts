import {
  Metadata,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { AdapterCore } from '../core/adapter-core.ts';
import { busFailure, type Failure } from '../core/failure.ts';
import { isSessionId } from '../core/frame-guard.ts';
import { sendRequest } from './bus-request.ts';
import { type AnyCall, type CallFacts, factsOfCall } from './caller-call.ts';
import { grpcError } from './grpc-failure.ts';
import type { EventsRequest, ProcessEvent, ProcessRequest } from './messages.ts';
import type { OpenStreams } from './open-streams.ts';
import { ProcessEvents } from './process-events.ts';
import { eventFromFrame, paramsFrom, readResponseFrom } from './process-messages.ts';

type UnaryCall = ServerUnaryCall<ProcessRequest, unknown>;

/** The service Process. */
export function processHandlers(
  core: AdapterCore,
  streams: OpenStreams,
): UntypedServiceImplementation {
  const asIs = (result: unknown) => result;
  const unary =
    (name: string, messageFrom: (result: never) => unknown = asIs) =>
    (call: UnaryCall, callback: sendUnaryData<unknown>) => {
      const { facts, sessionId, failure } = withSession(core, call, call.request);
      if (failure !== undefined) return callback(grpcError(failure));
      const request = {
        method: `process/${name}`,
        params: paramsFrom(call.request),
        sessionId,
        pool: call.request.pool ?? '',
      };
      const rpc = `Process/${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      const giveUp = sendRequest(core, { request, facts, rpc }, (answer) => {
        if (answer.failure !== undefined) callback(grpcError(answer.failure));
        else callback(null, messageFrom(JSON.parse(answer.result.toString()) as never));
      });
      call.once('cancelled', giveUp);
    };
  return {
    start: unary('start'),
    read: unary('read', readResponseFrom),
    write: unary('write'),
    signal: unary('signal', () => ({})),
    terminate: unary('terminate'),
    events: (call: ServerWritableStream<EventsRequest, ProcessEvent>) =>
      serveEvents(core, call, streams),
  };
}

function serveEvents(
  core: AdapterCore,
  call: ServerWritableStream<EventsRequest, ProcessEvent>,
  streams: OpenStreams,
): void {
  const { request } = call;
  const { facts, sessionId, failure } = withSession(core, call, request);
  const problem = failure ?? core.claim(sessionId, facts.caller);
  if (problem !== undefined) {
    call.emit('error', grpcError(problem));
    return;
  }
  const { processId, pool = '' } = request;
  let giveUpRead = () => {};
  const leave = () => {
    leaveSession();
    giveUpRead();
    streams.delete(call);
  };
  const end = (failure: Failure | undefined) => {
    leave();
    if (failure === undefined) call.end();
    else call.emit('error', grpcError(failure));
  };
  const events = new ProcessEvents({
    processId,
    afterSeq: request.afterSeq ?? 0,
    read(afterSeq, onAnswer) {
      const params = Buffer.from(JSON.stringify({ processId, afterSeq, waitMs: 0 }));
      const read = { method: 'process/read', params, sessionId, pool };
      const rpc = 'Process/Events';
      giveUpRead = sendRequest(core, { request: read, facts, rpc }, onAnswer);
    },
    onEvent: (event) => call.write(event),
    onEnd: end,
  });
  const leaveSession = core.exchange.watch(sessionId, {
    onFrame({ frame }) {
      const event = eventFromFrame(frame, processId);
      if (event !== undefined) events.add(event);
    },
    onLost: end,
  });
  streams.add(call);
  call.once('cancelled', leave);
  call.on('drain', () => events.resume());
  call.sendMetadata(new Metadata());
  events.begin();
}

const nobody: CallFacts = { caller: undefined, sessionId: undefined, trace: undefined };

function withSession(core: AdapterCore, call: AnyCall, request: ProcessRequest) {
  const { facts = nobody, failure } = {
    facts: undefined,
    failure: undefined,
    ...factsOfCall(core, call),
  };
  const sessionId = request.sessionId || facts.sessionId || '';
  const needed = isSessionId(sessionId)
    ? undefined
    : 'a process belongs to a session: 1 to 256 bytes';
  const problem =
    needed === undefined ? undefined : busFailure({ name: 'INVALID_REQUEST', message: needed });
  return { facts, sessionId, failure: failure ?? problem };
}
