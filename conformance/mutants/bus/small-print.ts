import { readFileSync } from 'node:fs';
import { answerError, failPending } from '../../../reference/bus/answers.ts';
import { isBusConfig } from '../../../reference/bus/config-check.ts';
import { readConfig } from '../../../reference/bus/config-file.ts';
import { Correlator } from '../../../reference/bus/correlator.ts';
import { OutputQueue } from '../../../reference/bus/output-queue.ts';
import { OverlongLine } from '../../../reference/bus/overlong-line.ts';
import { Pool } from '../../../reference/bus/pool.ts';
import { Worker } from '../../../reference/bus/worker.ts';
import { workerFrames } from '../../../reference/bus/worker-frames.ts';
import { FrameDecoder } from '../../../reference/frame-decoder.ts';
import type { Mutant } from '../mutant.ts';
import { takesClientLines, takesWorkerLines } from '../part.ts';

/** Has one round for all purposes. */
class OneRoundPool extends Pool {
  override nextWorker() {
    return super.nextWorker('session');
  }
}

/** Takes the end of the stream for an LF, as many a `readline` does. */
class ReadlineDecoder extends FrameDecoder {
  override end(): void {
    this.write(Buffer.from('\n'));
  }
}

/** Says of a request that ran out of time that its worker has not seen it, and leaves it in the queue. */
class HopefulOutput extends OutputQueue {
  override pushLine(line: string): void {
    const isLate = line.includes('"DEADLINE_EXCEEDED"');
    super.pushLine(isLate ? line.replace('"delivered":true', '"delivered":false') : line);
  }
}

/** Counts what those have pending who have left. */
class MindfulCorrelator extends Correlator {
  override close(...args: Parameters<Correlator['close']>): boolean {
    const [{ connection }] = args;
    const wasPending = super.close(...args);
    if (wasPending && connection.isClosed) this.size++;
    return wasPending;
  }
}

/** Reads a configuration as languages do whose numbers are wider than those of JSON. */
const readsLooseNumbers: typeof readConfig = async (source) => {
  const result = await readConfig(source);
  if ('config' in result || typeof source !== 'string') return result;
  try {
    const text = readFileSync(source, 'utf8').replaceAll('NaN', '0');
    const config = JSON.parse(text, (_, value) => (value === true ? 1 : value));
    return isBusConfig(config) ? { config } : result;
  } catch {
    return result;
  }
};

/** Faults of buses that were written with care, and in which one sentence was overlooked. */
export const smallPrintMutants: readonly Mutant[] = [
  {
    id: 'odd-session-in-response',
    title: 'A response of a worker with a session member that is no session id is dropped',
    requirement: 'FRM-7',
    consequences: ['COR-1', 'RST-7'],
    scenarios: ['framing/response-unchanged'],
    bus: takesWorkerLines(({ board, kind, pass }) => {
      if (kind !== 'refused' || board.scanner.fault !== 'bad-session-id') pass();
    }),
  },
  {
    id: 'drain-before-taken-id',
    title: 'During a drain a request whose id is still pending is refused as any other',
    requirement: 'COR-3',
    scenarios: ['drain/taken-id'],
    bus: takesClientLines(({ board, connection, kind, pass }) => {
      if (!board.isDraining || kind !== 'request') return pass();
      const message = 'the bus is draining';
      const facts = { name: 'DRAINING', message, retryable: true } as const;
      answerError(board, connection, board.scanner.idJson(), facts);
    }),
  },
  {
    id: 'one-round-for-all',
    title: 'New sessions and frames without one take turns in the same round',
    requirement: 'AFF-3',
    consequences: ['AFF-10'],
    scenarios: ['affinity/new-sessions-among-others'],
    bus: { createPool: (...pool) => new OneRoundPool(...pool) },
  },
  {
    id: 'answer-makes-owner',
    title: "A client's answer to a worker's question makes it the owner of the session",
    requirement: 'AFF-8',
    consequences: ['COR-6'],
    scenarios: ['owners/late-answer'],
    bus: takesClientLines(({ board, connection, kind, pass }) => {
      const session = kind === 'response' ? board.sessions.findFor(board.scanner) : undefined;
      pass();
      if (session !== undefined) session.owner = connection.number;
    }),
  },
  {
    id: 'refused-request-makes-owner',
    title: 'A request makes its client the owner of the session before it is known to be accepted',
    requirement: 'AFF-8',
    consequences: ['COR-6', 'COR-3', 'EXT-1'],
    scenarios: ['owners/overloaded', 'owners/refused-frames'],
    bus: takesClientLines(({ board, connection, kind, pass }) => {
      const session = kind === 'request' ? board.sessions.findFor(board.scanner) : undefined;
      if (session !== undefined) session.owner = connection.number;
      pass();
    }),
  },
  {
    id: 'worker-frames-keep-nothing',
    title: 'A session of which only its worker speaks is forgotten as idle',
    requirement: 'AFF-9',
    scenarios: ['sessions/idle-but-spoken-of'],
    bus: takesWorkerLines(({ board, kind, pass }) => {
      const session = kind === 'notification' ? board.sessions.findFor(board.scanner) : undefined;
      const usedAt = session?.usedAt;
      pass();
      if (session !== undefined && usedAt !== undefined) session.usedAt = usedAt;
    }),
  },
  {
    id: 'last-line-without-line-feed',
    title: 'What a worker wrote after its last LF is taken for a line when it ends',
    requirement: 'RST-6',
    consequences: ['FRM-7'],
    scenarios: ['restart/whole-frame-without-line-feed'],
    bus: {
      createWorker: (options) =>
        new Worker({
          ...options,
          parts: {
            ...options.parts,
            createDecoder: ({ maxFrameBytes }, sink) => new ReadlineDecoder(maxFrameBytes, sink),
          },
        }),
    },
  },
  {
    id: 'overlong-request-for-response',
    title: "A worker's request over max_input_buffer ends the request of a client that has its id",
    requirement: 'RST-7',
    consequences: ['COR-1', 'EXT-6', 'COR-5'],
    scenarios: ['worker-output/request-over-limit-like-pending'],
    bus: {
      workerFrames: (board, worker) => {
        const sink = workerFrames(board, worker);
        let line = new OverlongLine();
        return {
          ...sink,
          onOverlong() {
            line = new OverlongLine();
            sink.onOverlong();
          },
          onDiscarded(...part) {
            line.read(...part);
            sink.onDiscarded?.(...part);
          },
          onDiscardedEnd() {
            const pending = board.correlator.find(worker, Number(line.idJson));
            if (pending === undefined) return sink.onDiscardedEnd?.();
            const message = 'the line is too long';
            failPending(board, pending, { name: 'FRAME_TOO_LARGE', message, delivered: true });
          },
        };
      },
    },
  },
  {
    id: 'loose-numbers',
    title: 'A configuration may have true for 1, and NaN',
    requirement: 'CFG-2',
    scenarios: ['configuration/restarts-boolean', 'configuration/not-a-number'],
    daemon: { readConfig: readsLooseNumbers },
  },
  {
    id: 'hello-makes-owner',
    title: 'A client that says hello in a session becomes its owner',
    requirement: 'AFF-8',
    consequences: ['EXT-1'],
    scenarios: ['hello/changes-no-owner'],
    bus: takesClientLines(({ board, connection, kind, pass }) => {
      const { scanner, sessions } = board;
      const isHello = kind === 'request' && scanner.method() === 'stdio_bus/hello';
      const session = isHello ? sessions.findFor(scanner) : undefined;
      if (session !== undefined) session.owner = connection.number;
      pass();
    }),
  },
  {
    id: 'stats-of-those-who-left',
    title: 'stdio_bus/stats counts as pending what clients had asked that have left',
    requirement: 'EXT-2',
    consequences: ['DRN-2'],
    scenarios: ['stats/asker-has-left'],
    bus: { createCorrelator: ({ requestTimeoutMs }) => new MindfulCorrelator(requestTimeoutMs) },
  },
  {
    id: 'late-said-undelivered',
    title: 'A worker reads a request whose error has said that it was not delivered',
    requirement: 'EXT-6',
    scenarios: ['bus-errors/deadline-in-queue'],
    bus: { createOutput: (options) => new HopefulOutput(options) },
  },
];
