import { spawn } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import { ListenError, listen } from '../../../reference/bus/listener.ts';
import type { PoolSettings } from '../../../reference/bus/settings.ts';
import { startProcess } from '../../../reference/bus/worker-process.ts';
import { scanFaults } from '../../../reference/scan-fault.ts';
import type { Mutant } from '../mutant.ts';
import { takesClientLines, takesWorkerLines } from '../part.ts';

/** A worker that has the bus's own stdin as well. */
function startLeaking(pool: PoolSettings): ReturnType<typeof startProcess> {
  return spawn(pool.command, [...pool.args], {
    cwd: pool.cwd,
    env: { ...process.env, ...pool.env },
    stdio: ['pipe', 'pipe', 'pipe', 0],
    detached: true,
  }) as ReturnType<typeof startProcess>;
}

/** Starts workers as they should be, until one is restarted. */
function createForgetfulStart(): typeof startProcess {
  const counts = new Map<PoolSettings, number>();
  return (pool) => {
    const count = (counts.get(pool) ?? 0) + 1;
    counts.set(pool, count);
    return count > pool.instances ? startLeaking(pool) : startProcess(pool);
  };
}

function isSocket(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSocket() ?? false;
}

export const securityMutants: readonly Mutant[] = [
  {
    id: 'socket-mode-0755',
    title: 'A Unix socket is created with mode 0755',
    requirement: 'SEC-1',
    transport: 'unix',
    daemon: {
      listen: async (address, onConnection) => {
        const listener = await listen(address, onConnection);
        if (address.transport === 'unix') chmodSync(address.path, 0o755);
        return listener;
      },
    },
  },
  {
    id: 'live-socket-stolen',
    title: 'A socket on which somebody listens is taken away',
    requirement: 'SEC-1',
    transport: 'unix',
    daemon: {
      listen: (address, onConnection) => {
        if (address.transport === 'unix' && isSocket(address.path)) unlinkSync(address.path);
        return listen(address, onConnection);
      },
    },
  },
  {
    id: 'stale-socket-kept',
    title: 'A socket file on which nobody listens keeps the bus from starting',
    requirement: 'SEC-1',
    transport: 'unix',
    daemon: {
      listen: async (address, onConnection) => {
        if (address.transport === 'unix' && existsSync(address.path)) {
          throw new ListenError(`unix:${address.path} exists`);
        }
        return listen(address, onConnection);
      },
    },
  },
  {
    id: 'file-removed-for-socket',
    title: 'A file that stands where a Unix socket is wanted is removed',
    requirement: 'SEC-1',
    transport: 'unix',
    daemon: {
      listen: (address, onConnection) => {
        const isFile = address.transport === 'unix' && !isSocket(address.path);
        if (isFile && existsSync(address.path)) unlinkSync(address.path);
        return listen(address, onConnection);
      },
    },
  },
  {
    id: 'binds-every-address',
    title: 'TCP without a host binds every address',
    requirement: 'SEC-2',
    consequences: ['CFG-5'],
    daemon: {
      listen: (address, onConnection) =>
        listen(
          address.transport === 'tcp' ? { ...address, host: '0.0.0.0' } : address,
          onConnection,
        ),
    },
  },
  {
    id: 'log-on-stdout',
    title: 'The log is written to stdout',
    requirement: 'SEC-3',
    consequences: ['FRM-7', 'RST-7'],
    scenarios: ['SEC-3'],
    daemon: {
      openStderr: () => {
        const stream = new Socket({ fd: 1, readable: false });
        stream.unref().on('error', () => {});
        return {
          isTerminal: false,
          write: (text) => void stream.write(text),
          flush: () => new Promise((resolve) => stream.write('', () => resolve())),
        };
      },
    },
  },
  {
    id: 'bad-json-crashes',
    title: 'A line that is not JSON ends the bus',
    requirement: 'SEC-4',
    consequences: ['FRM-4', 'COR-1', 'FRM-3', 'FRM-5'],
    scenarios: ['framing/not-json', 'framing/noise', 'framing/nul-and-byte-order-mark'],
    bus: takesClientLines(({ board, kind, pass }) => {
      const { fault } = board.scanner;
      const isJson = fault === null || scanFaults[fault].code === -32600;
      if (kind === 'refused' && !isJson) throw new SyntaxError('Unexpected token');
      pass();
    }),
  },
  {
    id: 'log-line-crashes',
    title: "A worker's line that is not JSON ends the bus",
    requirement: 'SEC-4',
    consequences: ['RST-7', 'COR-1', 'RST-6', 'RST-2', 'RST-1'],
    scenarios: ['*/log-lines', '*/worker-floods-garbage'],
    bus: takesWorkerLines(({ board, kind, pass }) => {
      const { fault } = board.scanner;
      const isJson = fault === null || scanFaults[fault].code === -32600;
      if (kind === 'refused' && !isJson) throw new SyntaxError('Unexpected token');
      pass();
    }),
  },
  {
    id: 'descriptor-inherited',
    title: 'A worker inherits the stdin of the bus',
    requirement: 'SEC-5',
    bus: { startProcess: startLeaking },
  },
  {
    id: 'descriptor-inherited-at-restart',
    title: 'A worker that is restarted inherits the stdin of the bus',
    requirement: 'SEC-5',
    bus: { startProcess: createForgetfulStart() },
  },
];
