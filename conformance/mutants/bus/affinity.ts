import type { Connection } from '../../../reference/bus/connection.ts';
import type { Session } from '../../../reference/bus/session-table.ts';
import type { Switchboard } from '../../../reference/bus/switchboard.ts';
import type { EnvelopeKind } from '../../../reference/envelope-scanner.ts';
import type { Mutant } from '../mutant.ts';
import { hasSettings, takesClientLines, takesWorkerLines } from '../part.ts';
import {
  ForgivingRouter,
  LazyPool,
  MovingRouter,
  PairPool,
  ParamsScanner,
  SmallSessionTable,
  TruncatingScanner,
} from './broken-routing.ts';

/** Binds a session to another worker of its pool. */
function move(board: Switchboard, session: Session): void {
  const { slots = [] } = board.pools[session.worker.poolIndex] ?? {};
  const others = slots.flatMap(({ liveWorker }) => liveWorker ?? []);
  const other = others.find((worker) => worker !== session.worker);
  if (other !== undefined) board.sessions.rebind(session, other);
}

/** The bound session of a client's line. */
function boundSession(board: Switchboard, kind: EnvelopeKind): Session | undefined {
  if (kind !== 'request' && kind !== 'notification') return undefined;
  return board.sessions.findFor(board.scanner);
}

/** Gives a frame of a worker to a connection. */
function give(connection: Connection, line: { bytes: Buffer; start: number; end: number }): void {
  if (connection.takesFrame()) connection.output.push(line.bytes, line.start, line.end);
}

/** What the owner of a session hears that moves about. */
const lostFrames = ['AFF-8', 'COR-6'];

export const affinityMutants: readonly Mutant[] = [
  {
    id: 'affinity-by-connection',
    title: 'A session is bound anew when another connection sends a frame of it',
    requirement: 'AFF-1',
    consequences: [...lostFrames, 'AFF-2', 'RST-4', 'AFF-7', 'COR-7'],
    bus: takesClientLines(({ board, connection, kind, pass }) => {
      const session = boundSession(board, kind);
      if (session !== undefined && session.owner !== connection.number) move(board, session);
      pass();
    }),
  },
  {
    id: 'affinity-lost-at-reconnect',
    title: 'A session is bound anew when its client has disconnected and connected again',
    requirement: 'AFF-1',
    consequences: [...lostFrames, 'COR-7'],
    bus: takesClientLines(({ board, kind, pass }) => {
      const session = boundSession(board, kind);
      if (session !== undefined && !board.connections.has(session.owner)) move(board, session);
      pass();
    }),
  },
  {
    id: 'notification-overtaken',
    title: "A client's notifications wait, and are overtaken by what follows",
    requirement: 'AFF-2',
    consequences: ['AFF-8', 'COR-6'],
    bus: takesClientLines(({ board, bytes, start, end, kind, pass }) => {
      if (kind !== 'notification') return pass();
      const line = Buffer.from(bytes.subarray(start, end));
      setTimeout(() => {
        pass(line);
        board.flushList.flush();
      }, 20);
    }),
  },
  {
    id: 'worker-frames-out-of-order',
    title: "A worker's notifications wait, and are overtaken by what follows",
    requirement: 'AFF-2',
    bus: takesWorkerLines(({ board, bytes, start, end, kind, pass }) => {
      if (kind !== 'notification') return pass();
      const line = Buffer.from(bytes.subarray(start, end));
      setTimeout(() => {
        pass(line);
        board.flushList.flush();
      }, 20);
    }),
  },
  {
    id: 'first-worker-only',
    title: 'Every session goes to the first worker of its pool',
    requirement: 'AFF-3',
    consequences: ['AFF-1', 'AFF-6', 'AFF-10'],
    scenarios: ['AFF-3', 'AFF-10'],
    bus: { createPool: (...pool) => new LazyPool(['session', 'rebind'], ...pool) },
  },
  {
    id: 'params-route',
    title: 'A session id in params routes',
    requirement: 'AFF-4',
    consequences: ['AFF-1', ...lostFrames, 'AFF-7', 'AFF-2', 'FRM-7'],
    bus: { createScanner: ({ sessionIdField }) => new ParamsScanner(sessionIdField) },
  },
  {
    id: 'sessionless-to-first-worker',
    title: 'Every frame without a session goes to the first worker of its pool',
    requirement: 'AFF-5',
    bus: { createPool: (...pool) => new LazyPool(['request', 'notification'], ...pool) },
  },
  {
    id: 'session-id-truncated',
    title: 'Sessions whose ids begin with the same 64 characters are one',
    requirement: 'AFF-6',
    consequences: [...lostFrames, 'AFF-3', 'AFF-10'],
    bus: { createScanner: ({ sessionIdField }) => new TruncatingScanner(sessionIdField) },
  },
  {
    id: 'session-moves-to-named-pool',
    title: 'A session moves when a later frame names another pool',
    requirement: 'AFF-7',
    consequences: ['AFF-1', ...lostFrames],
    bus: { createRouter: (options) => new MovingRouter(options) },
  },
  {
    id: 'unknown-pool-is-default',
    title: 'A request for a pool that does not exist goes to the default pool',
    requirement: 'AFF-7',
    consequences: ['EXT-6', 'COR-4'],
    bus: { createRouter: (options) => new ForgivingRouter(options) },
  },
  {
    id: 'rules-ignored',
    title: 'routing.rules has no effect',
    requirement: 'AFF-7',
    consequences: ['CFG-1'],
    bus: hasSettings(() => ({ rules: [] })),
  },
  {
    id: 'last-rule-wins',
    title: 'Of several routing rules that match, the last one counts',
    requirement: 'AFF-7',
    consequences: ['CFG-1'],
    bus: hasSettings(({ rules }) => ({ rules: rules.toReversed() })),
  },
  {
    id: 'default-pool-ignored',
    title: 'routing.default_pool has no effect',
    requirement: 'AFF-7',
    consequences: ['CFG-1'],
    bus: hasSettings(() => ({ defaultPool: 0 })),
  },
  {
    id: 'notification-to-all',
    title: "A worker's notification goes to every client",
    requirement: 'AFF-8',
    consequences: ['FRM-7', 'COR-7'],
    bus: takesWorkerLines((line) => {
      if (line.kind !== 'notification') return line.pass();
      for (const connection of line.board.connections.values()) give(connection, line);
    }),
  },
  {
    id: 'sessionless-notification-delivered',
    title: "A worker's notification without a session goes to the client that came last",
    requirement: 'AFF-8',
    bus: takesWorkerLines((line) => {
      const { board, kind, pass } = line;
      if (kind !== 'notification' || board.scanner.sessionId() !== undefined) return pass();
      const last = [...board.connections.values()].at(-1);
      if (last !== undefined) give(last, line);
    }),
  },
  {
    id: 'first-owner-for-good',
    title: 'The connection that began a session owns it for good',
    requirement: 'AFF-8',
    consequences: ['COR-6', 'EXT-4'],
    bus: takesClientLines(({ board, kind, pass }) => {
      const session = boundSession(board, kind);
      const owner = session?.owner;
      pass();
      if (session !== undefined && owner !== undefined && board.connections.has(owner)) {
        session.owner = owner;
      }
    }),
  },
  {
    id: 'sessions-limited',
    title: 'Of more than 1000 sessions the oldest are forgotten',
    requirement: 'AFF-9',
    consequences: ['AFF-1'],
    bus: { sessions: new SmallSessionTable() },
  },
  {
    id: 'idle-sessions-kept',
    title: 'limits.session_idle_sec has no effect',
    requirement: 'AFF-9',
    consequences: ['CFG-1', 'EXT-2'],
    bus: hasSettings(() => ({ sessionIdleMs: 0 })),
  },
  {
    id: 'sessions-in-pairs',
    title: 'Each worker gets two new sessions in a row',
    requirement: 'AFF-10',
    bus: { createPool: (...pool) => new PairPool(...pool) },
  },
];
