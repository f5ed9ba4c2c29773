import type { CommandEntry } from '../command.ts';

export const commands: readonly CommandEntry[] = [
  {
    name: 'serve',
    summary: 'run the reference bus, with listeners, metrics, logs and traces',
    load: async () => (await import('./daemon/serve-command.ts')).serveCommand,
  },
  {
    name: 'validate',
    summary: 'check frames or files against the schemas, with a line for each problem',
    load: async () => (await import('./validate/validate-command.ts')).validateCommand,
  },
  {
    name: 'worker',
    summary: 'make workers: put any stdio JSON-RPC server behind the worker contract',
    load: async () => (await import('./worker/worker-command.ts')).workerCommand,
  },
];
