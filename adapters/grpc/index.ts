export type { BusSource } from '../core/bus-source.ts';
export { AdapterSetupError } from '../core/listen-security.ts';
export { TokenFileError } from '../core/token-file.ts';
export {
  type CallOptions,
  type ConnectGrpcOptions,
  connectGrpc,
  type GrpcClient,
  type GrpcProcessClient,
  type GrpcSession,
  type MessageStream,
  type RequestOptions,
} from './connect-grpc.ts';
export { createGrpcAdapter, type GrpcAdapter, type GrpcAdapterOptions } from './grpc-adapter.ts';
export type { ProcessEvent, ReadResponse } from './messages.ts';
export { packageDefinition, protoFile } from './package-definition.ts';
