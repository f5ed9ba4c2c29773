import { printable } from '../../command.ts';
import type { Dialect } from '../../schemas/generated/subject.ts';
import { rateLimited } from '../bus/log.ts';
import { waitingClock } from '../client/waiting-clock.ts';
import type { WorkerStreamOptions } from './create-worker.ts';
import type { HandshakeSource } from './handshakes.ts';
import { tieToProcess } from './process-life.ts';
import type { WorkerEnd } from './worker-life.ts';
import { openWorkerStreams } from './worker-streams.ts';
import { Wrapper } from './wrapper.ts';

export interface WrapStdioServerOptions extends WorkerStreamOptions {
  /** Added to this process's own environment, for the servers. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that servers run in. */
  readonly cwd?: string;
  /** What the bus and its clients speak; `jsonrpc` by default. */
  readonly dialect?: Dialect;
  /** What the servers speak; as `dialect` by default. */
  readonly serverDialect?: Dialect;
  /**
   * What a new server is told where its client does not begin with `initialize` itself: the handshake
   * that an earlier server of its session had, else that of the `first-session`, the default. `session`:
   * its own session's only. Frames: these, whatever the client says. A client whose server has made
   * its handshake gets the server's answer to that one for its own `initialize`.
   */
  readonly handshake?: HandshakeSource;
  /** Servers that run at a time; 100 by default. Then the one idle for longest is ended, else -32001. */
  readonly maxServers?: number;
  /** Milliseconds without a frame after which an idle server is ended; 600 000 by default, 0: never. */
  readonly idleMs?: number;
  /** Requests that may be pending, then -32001; 10 000 by default. */
  readonly maxPending?: number;
  /** Bytes that may wait for a server to read them, then -32001; 16 MiB by default. */
  readonly maxQueueBytes?: number;
  /** Milliseconds for a server to end when its stdin has, and again after SIGTERM; 2000 by default. */
  readonly endTimeoutMs?: number;
  /** A line of a server's stderr; by default on this process's stderr, with the session before it. */
  readonly onStderr?: (sessionId: string, line: string) => void;
}

/** Servers behind the worker contract. */
export interface WrappedStdioServer {
  /** Resolves when all servers have ended, and with them the worker. */
  readonly ended: Promise<WorkerEnd>;
  /** The processes of the servers that run. */
  pids(): number[];
  /** Finishes what is pending and ends, as for SIGTERM. */
  drain(): Promise<WorkerEnd>;
  /** Ends at once, with all servers. */
  destroy(): Promise<WorkerEnd>;
}

/**
 * Puts a stdio server that speaks JSON-RPC, one frame a line, and knows nothing of sessions, behind the
 * worker contract (WRK-1 to WRK-10): an MCP server, `codex app-server`. Each session has a server of
 * its own, started at its first frame, and frames without a session have one more.
 *
 * Ids are kept apart in both directions. What a server writes gets its session, and what it reads has
 * no routing members; `params` and `result` pass byte for byte. When a server dies, its pending requests
 * get -32000 and the session's next frame starts another, which is told the handshake again; what the
 * server knew is lost. Servers have process groups of their own, and none outlives this process, not
 * even where it gets SIGKILL.
 *
 * A client's `notifications/cancelled` cannot be translated: it names the client's own id, which a bus
 * has replaced.
 *
 * Without `input` and `output` it takes the process, as `createWorker` does. Throws a RangeError where
 * a limit cannot be one, or the command is empty.
 */
export function wrapStdioServer(
  command: readonly string[],
  options: WrapStdioServerOptions = {},
): WrappedStdioServer {
  const [program = '', ...args] = command;
  if (program === '') throw new RangeError('there is no command to wrap');
  const { clock = waitingClock, dialect = 'jsonrpc' } = options;
  const { maxServers = 100, idleMs = 600_000, endTimeoutMs = 2000 } = options;
  for (const [name, value] of Object.entries({ maxServers, idleMs: idleMs + 1, endTimeoutMs })) {
    if (!(value >= 1)) throw new RangeError(`${name} is too small, or no number`);
  }
  const { stderr, ...streams } = openWorkerStreams(options, 'worker wrap');
  const log = rateLimited(streams.log, () => clock.nowMs());
  const toStderr = (name: string, line: string) =>
    stderr?.write(`[${printable(name, 64)}] ${printable(line, 8192)}\n`);
  const wrapper = new Wrapper({
    ...streams,
    log,
    clock,
    dialect,
    maxServers,
    idleMs,
    endTimeoutMs,
    server: { command: program, args, cwd: options.cwd, env: options.env ?? {} },
    serverDialect: options.serverDialect ?? dialect,
    handshake: options.handshake ?? 'first-session',
    sessionIdField: options.sessionIdField ?? 'sessionId',
    maxFrameBytes: options.maxFrameBytes ?? 67_108_864,
    maxOutputBytes: options.maxOutputBytes ?? 1_048_576,
    maxPending: options.maxPending ?? 10_000,
    maxQueueBytes: options.maxQueueBytes ?? 16_777_216,
    drainTimeoutMs: options.drainTimeoutMs ?? 25_000,
    onStderr: options.onStderr ?? toStderr,
  });
  const { life } = wrapper;
  if (stderr !== undefined) tieToProcess({ life, log, stderr, onExit: () => wrapper.destroy() });
  return {
    ended: life.ended,
    pids: () => wrapper.pids(),
    drain: () => {
      life.drain('asked to');
      return life.ended;
    },
    destroy: () => {
      life.destroy('asked to');
      return life.ended;
    },
  };
}
