import type {
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  sendUnaryData,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { StatsResult } from '../../schemas/generated/bus-methods.ts';
import type { AdapterCore } from '../core/adapter-core.ts';
import { busFailure, type Failure } from '../core/failure.ts';
import { isSessionId } from '../core/frame-guard.ts';
import { sendNotification, sendRequest } from './bus-request.ts';
import { factsOfCall } from './caller-call.ts';
import { grpcError } from './grpc-failure.ts';
import type { CallRequest, CallResponse, Frame, WatchRequest } from './messages.ts';
import type { OpenStreams } from './open-streams.ts';
import { serveSession } from './session-stream.ts';
import { watchSession } from './watch-stream.ts';

/** The service Bus. */
export function busHandlers(core: AdapterCore, streams: OpenStreams): UntypedServiceImplementation {
  return {
    call: (
      call: ServerUnaryCall<CallRequest, CallResponse>,
      callback: sendUnaryData<CallResponse>,
    ) => serveCall(core, call, callback),
    notify(call: ServerUnaryCall<CallRequest, object>, callback: sendUnaryData<object>) {
      const { facts, failure: refused } = withFacts(core, call);
      const failure =
        refused ?? sendNotification(core, { request: call.request, facts, rpc: 'Bus/Notify' });
      if (failure === undefined) callback(null, {});
      else callback(grpcError(failure));
    },
    session: (call: ServerDuplexStream<Frame, Frame>) => void serveSession(core, call),
    watch(call: ServerWritableStream<WatchRequest, Frame>) {
      const { facts, failure } = withFacts(core, call);
      const sessionId = call.request.sessionId || facts.sessionId || '';
      const problem =
        failure ??
        (isSessionId(sessionId) ? undefined : invalid('a session is needed: 1 to 256 bytes')) ??
        core.claim(sessionId, facts.caller);
      if (problem !== undefined) call.emit('error', grpcError(problem));
      else watchSession(core, call, sessionId, streams);
    },
    stats(call: ServerUnaryCall<object, object>, callback: sendUnaryData<object>) {
      const { facts, failure } = withFacts(core, call);
      if (failure !== undefined) return callback(grpcError(failure));
      const request = { method: 'stdio_bus/stats' };
      const giveUp = sendRequest(core, { request, facts, rpc: 'Bus/Stats' }, (answer) => {
        if (answer.failure !== undefined) callback(grpcError(answer.failure));
        else callback(null, statsFrom(JSON.parse(answer.result.toString())));
      });
      call.once('cancelled', giveUp);
    },
  };
}

function serveCall(
  core: AdapterCore,
  call: ServerUnaryCall<CallRequest, CallResponse>,
  callback: sendUnaryData<CallResponse>,
): void {
  const { facts, failure } = withFacts(core, call);
  if (failure !== undefined) {
    callback(grpcError(failure));
    return;
  }
  const { request } = call;
  const isByFrame = request.frame !== undefined && request.frame.length > 0;
  const giveUp = sendRequest(core, { request, facts, rpc: 'Bus/Call' }, (answer) => {
    if (answer.failure !== undefined) callback(grpcError(answer.failure));
    else callback(null, isByFrame ? { frame: answer.frame } : { result: answer.result });
  });
  call.once('cancelled', giveUp);
}

const nobody = { caller: undefined, sessionId: undefined, trace: undefined };

function withFacts(core: AdapterCore, call: Parameters<typeof factsOfCall>[1]) {
  const result = factsOfCall(core, call);
  if (result.failure !== undefined) return { facts: nobody, failure: result.failure };
  return { facts: result.facts, failure: undefined };
}

/** A null is an absent member here. */
function statsFrom({ workers, ...counters }: StatsResult): object {
  return {
    ...counters,
    workers: workers.map(({ pid, ...worker }) => (pid === null ? worker : { ...worker, pid })),
  };
}

function invalid(message: string): Failure {
  return busFailure({ name: 'INVALID_REQUEST', message });
}
