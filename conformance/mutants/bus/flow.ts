import { clientFrames } from '../../../reference/bus/client-frames.ts';
import { Connection } from '../../../reference/bus/connection.ts';
import { listen } from '../../../reference/bus/listener.ts';
import { OutputQueue } from '../../../reference/bus/output-queue.ts';
import type { Switchboard } from '../../../reference/bus/switchboard.ts';
import { Worker } from '../../../reference/bus/worker.ts';
import type { Mutant } from '../mutant.ts';
import {
  type ConnectionOptions,
  hasConnections,
  hasSettings,
  hasWorkers,
  liveWorkers,
} from '../part.ts';

const unboundedBytes = 2 ** 40;

/** Loses frames while its queue is full. */
class GappyConnection extends Connection {
  override takesFrame(): boolean {
    return !this.isClosed && !this.output.isFull;
  }
}

/** Waits for each of its clients, though others hear it too. */
class PatientWorker extends Worker {
  override hasOnly(): boolean {
    return true;
  }

  override heardBy(): void {}
}

/** Drops a client that has much to read. */
class StrictConnection extends Connection {
  readonly #longBytes: number;

  constructor(options: ConnectionOptions) {
    super(options);
    this.#longBytes = options.maxQueueBytes / 4;
  }

  override checkQueue(): void {
    if (this.output.queuedBytes > this.#longBytes) this.close('it does not read');
  }
}

/** Reads on, however much its client leaves unread. */
class GreedyConnection extends Connection {
  override checkQueue(): void {}

  override holdBack(): void {}
}

/** Is never read from again once it was paused. */
class FrozenConnection extends Connection {
  override resume(): void {}
}

/** Says of no error that the request may be sent again. */
class DiscouragingOutput extends OutputQueue {
  override pushLine(line: string): void {
    super.pushLine(line.replace('"retryable":true', '"retryable":false'));
  }
}

const lookMs = 50;

/** Holds up all connections as long as a worker has much to read. */
function createJammedFrames(): typeof clientFrames {
  let isJammed = false;
  const look = (board: Switchboard) => {
    const { maxQueueBytes } = board.settings;
    const isBehind = ({ output }: Worker) => output.queuedBytes > maxQueueBytes / 4;
    const isBusy = liveWorkers(board).some(isBehind);
    if (isBusy !== isJammed) {
      isJammed = isBusy;
      for (const connection of board.connections.values()) {
        if (isJammed) connection.pause();
        else connection.resume();
      }
    }
    if (isJammed) setTimeout(() => look(board), lookMs);
  };
  return (board, connection) => {
    const sink = clientFrames(board, connection);
    return {
      ...sink,
      onLine(...line) {
        sink.onLine(...line);
        if (!isJammed) look(board);
      },
    };
  };
}

export const flowMutants: readonly Mutant[] = [
  {
    id: 'client-queue-unbounded',
    title: 'What is queued for a client has no bound',
    requirement: 'FLW-1',
    consequences: ['FLW-3', 'CFG-1'],
    scenarios: ['flow/slow-client-*'],
    bus: hasConnections(() => ({ maxQueueBytes: unboundedBytes })),
  },
  {
    id: 'slow-client-stalls-others',
    title: 'A client that does not read holds up its worker, and so all who use it',
    requirement: 'FLW-1',
    consequences: ['FLW-3', 'COR-1'],
    scenarios: ['flow/slow-client-holds-up-nobody'],
    bus: { createWorker: (options) => new PatientWorker(options) },
  },
  {
    id: 'frames-dropped-from-the-middle',
    title: 'Frames for a full queue are dropped, and the next ones delivered',
    requirement: 'FLW-1',
    consequences: ['COR-1', 'FLW-3', 'AFF-8'],
    scenarios: ['flow/slow-client-is-cut-off', 'flow/slow-client-holds-up-nobody'],
    bus: { createConnection: (options) => new GappyConnection(options) },
  },
  {
    id: 'backpressure-timeout-ignored',
    title: 'limits.backpressure_timeout_sec has no effect',
    requirement: 'FLW-1',
    consequences: ['CFG-1'],
    scenarios: ['flow/full-queue-times-out'],
    bus: hasSettings(() => ({ backpressureTimeoutMs: 1e9 })),
  },
  {
    id: 'worker-queue-unbounded',
    title: 'What is queued for a worker has no bound',
    requirement: 'FLW-2',
    consequences: ['CFG-1'],
    bus: hasWorkers(() => ({ maxQueueBytes: unboundedBytes })),
  },
  {
    id: 'deaf-worker-stalls-bus',
    title: 'A worker that does not read holds up every client',
    requirement: 'FLW-2',
    consequences: ['COR-1', 'COR-4'],
    bus: { clientFrames: createJammedFrames() },
  },
  {
    id: 'overload-not-retryable',
    title: 'The error for a full queue says that the request may not be sent again',
    requirement: 'FLW-2',
    consequences: ['EXT-6'],
    bus: { createOutput: (options) => new DiscouragingOutput(options) },
  },
  {
    id: 'slow-writer-dropped',
    title: 'A client that writes without reading is disconnected',
    requirement: 'FLW-3',
    consequences: ['FLW-1', 'COR-1'],
    bus: { createConnection: (options) => new StrictConnection(options) },
  },
  {
    id: 'slow-writer-never-slowed',
    title: 'The bus reads on from a client that does not read',
    requirement: 'FLW-3',
    consequences: ['FLW-1', 'COR-1'],
    bus: { createConnection: (options) => new GreedyConnection(options) },
  },
  {
    id: 'slow-writer-frozen',
    title: 'Once the bus has stopped reading from a client, it never reads on',
    requirement: 'FLW-3',
    consequences: ['COR-1', 'FLW-2'],
    bus: { createConnection: (options) => new FrozenConnection(options) },
  },
  {
    id: 'nagle-on',
    title: 'TCP_NODELAY is not set',
    requirement: 'FLW-4',
    daemon: {
      listen: (address, onConnection) =>
        listen(address, (socket) => onConnection(socket.setNoDelay(false))),
    },
  },
];
