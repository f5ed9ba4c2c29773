import type { CommandEntry } from '../command.ts';

export const commands: readonly CommandEntry[] = [
  {
    name: 'grpc',
    summary: 'put gRPC in front of a bus, with TLS, tokens, health and reflection',
    load: async () => (await import('./grpc/grpc-command.ts')).grpcCommand,
  },
  {
    name: 'http',
    summary: 'put HTTP in front of a bus: requests, streams of frames, events of sessions',
    load: async () => (await import('./http/http-command.ts')).httpCommand,
  },
  {
    name: 'ws',
    summary: 'put WebSockets in front of a bus, one frame a message',
    load: async () => (await import('./ws/ws-command.ts')).wsCommand,
  },
];
