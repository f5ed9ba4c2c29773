import type { HistoryRecord } from '../schemas/generated/history.ts';

type Unplaced<T> = T extends unknown ? Omit<T, 'seq' | 'atUs'> : never;

/** What happens in a history, without its place in it. */
export type Happening = Unplaced<HistoryRecord>;

/** A history in which these things happen, a millisecond apart. */
export function sampleHistory(
  happenings: readonly Happening[],
  transport: 'tcp' | 'pipe' = 'tcp',
): HistoryRecord[] {
  const header: Happening = {
    kind: 'scenario',
    scenario: 'affinity/rfc',
    transport,
    sessionIdField: 'sessionId',
    limits: {},
    pools: transport === 'pipe' ? [] : [{ id: 'main', instances: 1 }],
    capabilities: [],
    timeScale: 1,
    seed: '7',
    deadlinesUs: {},
  };
  return [header, ...happenings].map(
    (each, seq) => ({ seq, atUs: seq * 1000, ...each }) as HistoryRecord,
  );
}

/** Bytes at a client. */
export function atClient(connection: string, direction: 'sent' | 'received', text: string) {
  return { kind: 'client-bytes', connection, direction, text } as const;
}

/** Bytes at a worker. */
export function atWorker(process: string, direction: 'sent' | 'received', text: string) {
  return { kind: 'worker-bytes', process, direction, text } as const;
}

/** A worker is killed with a request, which is never answered; its successor serves another one. */
export const lostRequest: readonly Happening[] = [
  { kind: 'process', process: 'bus', event: 'start', pid: 4711 },
  { kind: 'connection', connection: 'c1', event: 'open' },
  { kind: 'process', process: 'main/0/1', event: 'start', pid: 4712 },
  atClient('c1', 'sent', '{"id":1,"method":"probe/hold","sessionId":"s<b>"}\r\n'),
  atWorker('main/0/1', 'received', '{"id":91,"method":"probe/hold","sessionId":"s<b>"}\r\n'),
  { kind: 'deadline', waitedFor: 'the arrival', limitUs: 1e6, met: true },
  { kind: 'fault', fault: 'kill', target: 'main/0/1', signal: 'SIGKILL' },
  { kind: 'process', process: 'main/0/1', event: 'exit', pid: 4712, signal: 'SIGKILL' },
  { kind: 'output', process: 'bus', stream: 'stderr', line: 'worker lost' },
  { kind: 'process', process: 'main/0/2', event: 'start', pid: 4713 },
  {
    kind: 'deadline',
    waitedFor: 'the response to 1',
    limitUs: 2e6,
    met: false,
    requirement: 'COR-1',
  },
  atClient('c1', 'sent', '{"id":2,"method":"probe/echo","sessionId":"t"}\n'),
  atWorker('main/0/2', 'received', '{"id":92,"method":"probe/echo","sessionId":"t"}\n'),
  atWorker('main/0/2', 'sent', '{"id":92,"result":{},"sessionId":"t"}\n'),
  atClient('c1', 'received', '{"id":2,"result":{},"sessionId":"t"}\n'),
  { kind: 'connection', connection: 'c1', event: 'peer-end' },
  { kind: 'process', process: 'bus', event: 'exit', exitCode: 0, signal: null },
];
