import type { BusParts } from '../../../reference/bus/bus-parts.ts';
import { Connection } from '../../../reference/bus/connection.ts';
import type { WorkerRequests } from '../../../reference/bus/worker-requests.ts';
import type { Mutant } from '../mutant.ts';
import { liveWorkers, takesClientLines, takesWorkerLines } from '../part.ts';

/** Connections whose unanswered questions of workers are kept in another way. */
function keepsQuestions(
  change: (kept: WorkerRequests) => Partial<WorkerRequests>,
): Partial<BusParts> {
  return {
    createConnection: (options) => {
      const connection = new Connection(options);
      Object.assign(connection.workerRequests, change(connection.workerRequests));
      return connection;
    },
  };
}

/** What becomes of the questions that workers ask clients. */
export const workerRequestMutants: readonly Mutant[] = [
  {
    id: 'approval-to-wrong-worker',
    title: "A client's response goes to any worker, and not to the one that asked",
    requirement: 'COR-6',
    consequences: ['FRM-7', 'COR-7', 'AFF-8'],
    bus: takesClientLines(({ board, bytes, start, end, kind, pass }) => {
      if (kind !== 'response') return pass();
      liveWorkers(board).at(-1)?.output.push(bytes, start, end);
    }),
  },
  {
    id: 'question-without-owner-unanswered',
    title: 'A worker that asks a session without an owner gets no answer',
    requirement: 'COR-6',
    bus: takesWorkerLines(({ board, kind, pass }) => {
      const session = kind === 'request' ? board.sessions.findFor(board.scanner) : undefined;
      const hasOwner = session !== undefined && board.connections.has(session.owner);
      if (kind !== 'request' || hasOwner) pass();
    }),
  },
  {
    id: 'approval-to-next-incarnation',
    title: 'The answer to the question of a lost worker goes to the one that took its place',
    requirement: 'COR-6',
    scenarios: ['restart/answer-to-the-dead', 'worker-requests/*asker*'],
    bus: takesClientLines(({ board, connection, bytes, start, end, kind, pass }) => {
      const { idStart, idEnd } = board.scanner;
      if (kind !== 'response' || idStart < 0) return pass();
      const idJson = bytes.toString('latin1', idStart, idEnd);
      const asked = connection.workerRequests.take(idJson, board.scanner.sessionId());
      const { poolIndex, slot } = asked?.worker ?? {};
      liveWorkers(board)
        .find((worker) => worker.poolIndex === poolIndex && worker.slot === slot)
        ?.output.push(bytes, start, end);
    }),
  },
  {
    id: 'question-of-one-worker-at-a-time',
    title: "A worker's question is refused while another one with the same id is unanswered",
    requirement: 'COR-6',
    scenarios: ['worker-requests/colliding-ids', 'worker-requests/one-id-in-two-sessions'],
    bus: keepsQuestions((kept) => {
      const add = kept.add.bind(kept);
      const ids = new Set<string>();
      return {
        add(request) {
          if (kept.size === 0) ids.clear();
          if (ids.has(request.idJson)) return false;
          ids.add(request.idJson);
          return add(request);
        },
      };
    }),
  },
  {
    id: 'doubled-question-delivered',
    title: "A worker's question is delivered though one with its id and session is unanswered",
    requirement: 'COR-6',
    scenarios: ['worker-requests/asked-twice*'],
    bus: keepsQuestions((kept) => {
      const add = kept.add.bind(kept);
      return {
        add(request) {
          add(request);
          return true;
        },
      };
    }),
  },
  {
    id: 'question-to-leaver-unanswered',
    title: 'A worker gets no answer to what it has asked a client that leaves',
    requirement: 'COR-6',
    scenarios: ['worker-requests/owner-*'],
    bus: keepsQuestions(() => ({ takeAll: () => [] })),
  },
];
