export type { Clock } from './bus/clock.ts';
export type { ConfigProblem } from './bus/config-check.ts';
export { ListenError } from './bus/listener.ts';
export type { Log, LogFacts } from './bus/log.ts';
export { AnswerError } from './client/answer-error.ts';
export {
  BusRequestError,
  type BusRequestErrorFacts,
  type BusRequestErrorName,
  type ClientErrorName,
} from './client/bus-request-error.ts';
export type { BusRequester, NotifyOptions, RequestOptions } from './client/bus-requester.ts';
export type { ClientState } from './client/client-settings.ts';
export { type BusClient, type ConnectOptions, connect } from './client/connect.ts';
export type { FrameOptions } from './client/frame-line.ts';
export type {
  NotificationFilter,
  NotificationStream,
  ReceivedNotification,
} from './client/notification-stream.ts';
export type { ReconnectOptions } from './client/reconnect-policy.ts';
export type { ReceivedWorkerRequest, WorkerRequestHandler } from './client/worker-questions.ts';
export { BusConfigError } from './embedded/bus-config-error.ts';
export type { BusListener, ListenTarget } from './embedded/bus-listener.ts';
export { createBus } from './embedded/create-bus.ts';
export type { CreateBusOptions, EmbeddedBus } from './embedded/embedded-bus.ts';
export {
  createEnvelopeScanner,
  type EnvelopeKind,
  type EnvelopeScanner,
  type EnvelopeScannerOptions,
  maxSessionIdBytes,
} from './envelope-scanner.ts';
export {
  createFrameDecoder,
  type FrameDecoder,
  type FrameDecoderOptions,
  type FrameSink,
} from './frame-decoder.ts';
export {
  type CreateProcessWorkerOptions,
  createProcessWorker,
} from './process/create-process-worker.ts';
export type { ProcessLimits } from './process/process-limits.ts';
export { ProcessRunError, type ProcessRunErrorName } from './process/process-run-error.ts';
export {
  type CollectedOutput,
  type ProcessEvent,
  type ProcessResult,
  type ProcessRun,
  type RunProcessOptions,
  runProcess,
} from './process/run-process.ts';
export {
  createSandboxProbe,
  type DenialSigns,
  type EndedCommand,
  type SandboxProbe,
} from './process/sandbox-probe.ts';
export type { StartPolicyOptions } from './process/start-policy.ts';
export { type ScanFault, type ScanFaultEntry, scanFaults } from './scan-fault.ts';
export {
  ClientRequestError,
  type ClientRequestErrorFacts,
  type ClientRequestErrorName,
} from './worker/client-request-error.ts';
export type { ClientRequestOptions } from './worker/client-requests.ts';
export {
  type CreateWorkerOptions,
  createWorker,
  type StdioWorker,
  type WorkerStreamOptions,
} from './worker/create-worker.ts';
export type { HandshakeSource } from './worker/handshakes.ts';
export type {
  ClientNotification,
  FrameContext,
  MethodHandler,
  NotificationContext,
  NotificationHandler,
  RequestContext,
} from './worker/request-context.ts';
export type { Concurrency } from './worker/turns.ts';
export type { WorkerEnd } from './worker/worker-life.ts';
export {
  type WrappedStdioServer,
  type WrapStdioServerOptions,
  wrapStdioServer,
} from './worker/wrap-stdio-server.ts';
