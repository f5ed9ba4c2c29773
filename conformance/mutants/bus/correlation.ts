import { answerError } from '../../../reference/bus/answers.ts';
import { Connection } from '../../../reference/bus/connection.ts';
import { Correlator, type Pending } from '../../../reference/bus/correlator.ts';
import type { Worker } from '../../../reference/bus/worker.ts';
import type { Mutant } from '../mutant.ts';
import { takesClientLines, takesWorkerLines, type WorkerLine } from '../part.ts';
import { workerRequestMutants } from './worker-requests.ts';

type OpenArgs = Parameters<Correlator['open']>;

/** Does not know of connections: an id is in use on all of them. */
class UnscopedCorrelator extends Correlator {
  readonly #ids = new Set<Pending['clientId']>();

  override isPending(_connection: Connection, clientId: Pending['clientId']): boolean {
    return this.#ids.has(clientId);
  }

  override open(...args: OpenArgs): Pending {
    this.#ids.add(args[1]);
    return super.open(...args);
  }

  override close(pending: Pending): boolean {
    this.#ids.delete(pending.clientId);
    return super.close(pending);
  }
}

/** Finds requests by the id of their clients alone: the last with the same one. */
class NamesakeCorrelator extends Correlator {
  readonly #open: Pending[] = [];

  override open(...args: OpenArgs): Pending {
    const pending = super.open(...args);
    this.#open.push(pending);
    return pending;
  }

  override find(worker: Worker, busId: number): Pending | undefined {
    const found = super.find(worker, busId);
    return this.#open.findLast(({ clientId }) => clientId === found?.clientId) ?? found;
  }

  override close(pending: Pending): boolean {
    const at = this.#open.indexOf(pending);
    if (at >= 0) this.#open.splice(at, 1);
    return super.close(pending);
  }
}

class CarelessCorrelator extends Correlator {
  override isPending(): boolean {
    return false;
  }
}

/** Keeps the requests of clients that have left, for whoever comes next. */
class RememberingCorrelator extends Correlator {
  readonly #left = new Map<Worker, Map<number, Pending>>();
  #newest: Connection | undefined;

  override open(...args: OpenArgs): Pending {
    [this.#newest] = args;
    return super.open(...args);
  }

  override close(pending: Pending): boolean {
    const { worker, busId, connection } = pending;
    if (connection.isClosed) {
      const left = this.#left.get(worker) ?? new Map<number, Pending>();
      this.#left.set(worker, left.set(busId, pending));
    }
    return super.close(pending);
  }

  override find(worker: Worker, busId: number): Pending | undefined {
    const left = this.#left.get(worker)?.get(busId);
    if (left === undefined || this.#newest === undefined) return super.find(worker, busId);
    return { ...left, connection: this.#newest };
  }
}

/** Gives workers ids that are no plain integers. */
class FractionCorrelator extends Correlator {
  override open(...args: OpenArgs): Pending {
    const pending = super.open(...args);
    return { ...pending, busId: `${pending.busId}.0` as unknown as number };
  }
}

/** Is gone as soon as its client sends nothing more. */
class WholeConnection extends Connection {
  constructor(options: ConstructorParameters<typeof Connection>[0]) {
    super(options);
    options.stream.once('end', () => this.close('its client has closed'));
  }
}

/** The request that a worker's line answers. */
function pendingOf({ board, worker, bytes, kind }: WorkerLine): Pending | undefined {
  const { idStart, idEnd } = board.scanner;
  if (kind !== 'response' || idStart < 0) return undefined;
  return board.correlator.find(worker, Number(bytes.toString('latin1', idStart, idEnd)));
}

export const correlationMutants: readonly Mutant[] = [
  {
    id: 'response-twice',
    title: 'Each response of a worker is given to its client twice',
    requirement: 'COR-1',
    scenarios: ['COR-2', 'COR-8'],
    consequences: ['FRM-7', 'AFF-2', 'COR-2', 'COR-3', 'COR-5', 'COR-8', 'AFF-8'],
    bus: takesWorkerLines((line) => {
      const { board, bytes, start, end, pass } = line;
      const pending = pendingOf(line);
      const { idStart: valueStart, idEnd: valueEnd } = board.scanner;
      pass();
      if (pending === undefined || !pending.connection.takesFrame()) return;
      const splice = { start, end, valueStart, valueEnd };
      pending.connection.output.pushReplaced(bytes, splice, pending.clientId);
    }),
  },
  {
    id: 'ids-not-scoped',
    title: 'An id that is pending on one connection is refused on every other',
    requirement: 'COR-2',
    consequences: ['COR-1', 'COR-7'],
    bus: {
      createCorrelator: ({ requestTimeoutMs }) => new UnscopedCorrelator(requestTimeoutMs),
    },
  },
  {
    id: 'ids-matched-across-connections',
    title: 'A response goes to whoever used its id last',
    requirement: 'COR-2',
    consequences: ['COR-1', 'AFF-8'],
    bus: {
      createCorrelator: ({ requestTimeoutMs }) => new NamesakeCorrelator(requestTimeoutMs),
    },
  },
  {
    id: 'pending-id-taken-again',
    title: 'A request whose id is still pending on its connection is forwarded',
    requirement: 'COR-3',
    consequences: ['COR-1', 'AFF-7'],
    bus: {
      createCorrelator: ({ requestTimeoutMs }) => new CarelessCorrelator(requestTimeoutMs),
    },
  },
  {
    id: 'notification-answered',
    title: 'A notification that cannot be routed is answered with an error',
    requirement: 'COR-4',
    consequences: ['COR-1'],
    bus: takesClientLines(({ board, connection, kind, pass }) => {
      const isLost =
        kind === 'notification' &&
        board.router.route(board.scanner, 'notification').worker === undefined;
      pass();
      if (!isLost) return;
      answerError(board, connection, 'null', { name: 'UNKNOWN_POOL', message: 'no such pool' });
    }),
  },
  {
    id: 'notification-acknowledged',
    title: 'Each notification is answered with an error',
    requirement: 'COR-4',
    consequences: ['COR-1'],
    bus: takesClientLines(({ board, connection, kind, pass }) => {
      pass();
      if (kind !== 'notification') return;
      answerError(board, connection, 'null', {
        name: 'INVALID_REQUEST',
        message: 'where is its id?',
      });
    }),
  },
  {
    id: 'unmatched-response-forwarded',
    title: "A worker's response that matches nothing pending goes to the owner of its session",
    requirement: 'COR-5',
    consequences: ['COR-1', 'COR-7', 'AFF-8', 'EXT-2'],
    bus: takesWorkerLines((line) => {
      const { board, bytes, start, end, kind, pass } = line;
      if (kind !== 'response' || pendingOf(line) !== undefined) return pass();
      const session = board.sessions.findFor(board.scanner);
      const owner = session && board.connections.get(session.owner);
      if (owner?.takesFrame()) owner.output.push(bytes, start, end);
    }),
  },
  {
    id: 'unmatched-response-uncounted',
    title: "A worker's response that matches nothing pending is dropped, and not counted",
    requirement: 'COR-5',
    bus: takesWorkerLines((line) => {
      if (line.kind !== 'response' || pendingOf(line) !== undefined) line.pass();
    }),
  },
  {
    id: 'unmatched-response-ends-worker',
    title: 'A worker whose response matches nothing pending is killed',
    requirement: 'COR-5',
    consequences: ['COR-1', 'AFF-1', 'RST-4', 'COR-7', 'EXT-2'],
    bus: takesWorkerLines((line) => {
      if (line.kind === 'response' && pendingOf(line) === undefined) line.worker.kill();
      else line.pass();
    }),
  },
  ...workerRequestMutants,
  {
    id: 'response-to-later-client',
    title: 'The response to a client that has left goes to the one that came last',
    requirement: 'COR-7',
    consequences: ['COR-1', 'AFF-8'],
    bus: {
      createCorrelator: ({ requestTimeoutMs }) => new RememberingCorrelator(requestTimeoutMs),
    },
  },
  {
    id: 'half-close-is-close',
    title: 'A client that closes its sending side is disconnected at once',
    requirement: 'COR-8',
    consequences: ['COR-1', 'FRM-4', 'COR-6'],
    bus: { createConnection: (options) => new WholeConnection(options) },
  },
  {
    id: 'worker-id-with-fraction',
    title: 'The ids that workers see are spelled with a fraction: 17.0',
    requirement: 'COR-9',
    bus: {
      createCorrelator: ({ requestTimeoutMs }) => new FractionCorrelator(requestTimeoutMs),
    },
  },
];
