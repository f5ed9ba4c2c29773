import type { Bus } from '../../../reference/bus/bus.ts';
import { clientFrames } from '../../../reference/bus/client-frames.ts';
import { Drain, type DrainOptions } from '../../../reference/bus/drain.ts';
import type { Log } from '../../../reference/bus/log.ts';
import { Worker } from '../../../reference/bus/worker.ts';
import { Ending } from '../../../reference/daemon/ending.ts';
import type { Mutant } from '../mutant.ts';
import { boardWith, hasSettings, takesClientLines } from '../part.ts';
import { listensAtOtherPath } from './other-path.ts';

/** Tells every worker at once, whatever is pending on it. */
class HastyDrain extends Drain {
  readonly #options: DrainOptions;

  constructor(options: DrainOptions) {
    super(options);
    this.#options = options;
  }

  override advance(): void {
    for (const worker of this.#options.running()) worker.terminate();
    super.advance();
  }
}

/** Kills every worker at once. */
class BrutalDrain extends Drain {
  constructor(options: DrainOptions) {
    super(options);
    for (const worker of options.running()) {
      worker.isEnding = true;
      worker.kill();
    }
  }
}

/** Is over without waiting for what clients are due. */
function isCarelessOfOutput(options: DrainOptions): Drain {
  return new Drain({ ...options, hasOutput: () => false });
}

/** Lets its listeners stay open. */
class OpenEnding extends Ending {
  override onDrain(): void {}
}

/** Looks only at signals. */
class DeafEnding extends Ending {
  override drain(reason: string): void {
    if (reason.startsWith('SIG')) super.drain(reason);
  }
}

/** Ends at once at the end of stdin. */
class HastyEnding extends Ending {
  readonly #bus: Bus;

  constructor(bus: Bus, log: Log) {
    super(bus, log);
    this.#bus = bus;
  }

  override drain(reason: string): void {
    if (!reason.startsWith('SIG')) void this.#bus.destroy();
    super.drain(reason);
  }
}

/** A bus as an ending sees it. */
type EndingBus = Pick<Bus, 'drain' | 'destroy'>;

function endingOf(log: Log, bus: EndingBus): Ending {
  return new Ending(bus as Bus, log);
}

/** Waits until every client has left before it ends. */
async function drainWithoutClients(bus: Bus): Promise<void> {
  bus.board.isDraining = true;
  while (bus.board.connections.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await bus.drain();
}

class ImmortalWorker extends Worker {
  override kill(): void {}
}

/** Ends its own process only. */
class LonelyWorker extends Worker {
  override kill(): void {
    if (this.pid === undefined) return;
    try {
      process.kill(this.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
}

export const drainMutants: readonly Mutant[] = [
  {
    id: 'requests-accepted-in-drain',
    title: 'New requests are accepted during a drain',
    requirement: 'DRN-1',
    consequences: ['DRN-2', 'DRN-3', 'EXT-6', 'DRN-6'],
    bus: {
      clientFrames: (board, connection) =>
        clientFrames(boardWith(board, { isDraining: false }), connection),
    },
  },
  {
    id: 'requests-dropped-in-drain',
    title: 'New requests are dropped without an answer during a drain',
    requirement: 'DRN-1',
    consequences: ['COR-1', 'DRN-2', 'DRN-6', 'EXT-6'],
    bus: takesClientLines(({ board, kind, pass }) => {
      if (kind !== 'request' || !board.isDraining) pass();
    }),
  },
  {
    id: 'lost-on-drain',
    title: 'A drain kills every worker at once, with what is pending',
    requirement: 'DRN-1',
    consequences: ['DRN-7', 'DRN-6', 'COR-1', 'COR-8', 'RST-1', 'DRN-2'],
    bus: { createDrain: (options) => new BrutalDrain(options) },
  },
  {
    id: 'listener-open-in-drain',
    title: 'New connections are accepted during a drain',
    requirement: 'DRN-1',
    daemon: { createEnding: (bus, log) => new OpenEnding(bus, log) },
  },
  {
    id: 'exit-1-after-drain',
    title: 'After a clean drain the exit code is 1',
    requirement: 'DRN-2',
    consequences: ['DRN-6', 'DRN-1'],
    command: (reference) => ({
      ...reference,
      run: async (args) => (await reference.run(args)) || 1,
    }),
  },
  {
    id: 'drain-waits-for-clients',
    title: 'A drain ends only when every client has left',
    requirement: 'DRN-2',
    consequences: ['DRN-1', 'DRN-3', 'DRN-5', 'DRN-7', 'DRN-8', 'COR-8'],
    daemon: {
      createEnding: (bus, log) =>
        endingOf(log, { drain: () => drainWithoutClients(bus), destroy: () => bus.destroy() }),
    },
  },
  {
    id: 'output-lost-on-drain',
    title: 'A drain does not wait until what clients are due is written',
    requirement: 'DRN-1',
    consequences: ['COR-1', 'DRN-2', 'DRN-6'],
    scenarios: ['drain/slow-reader'],
    bus: { createDrain: isCarelessOfOutput },
  },
  {
    id: 'drain-timeout-ignored',
    title: 'limits.drain_timeout_sec has no effect',
    requirement: 'DRN-3',
    consequences: ['CFG-1', 'DRN-2', 'DRN-5', 'DRN-8'],
    bus: hasSettings(() => ({ drainTimeoutMs: 1e9 })),
  },
  {
    id: 'second-signal-ignored',
    title: 'A second signal during a drain has no effect',
    requirement: 'DRN-4',
    daemon: {
      createEnding: (bus, log) =>
        endingOf(log, { drain: () => bus.drain(), destroy: () => new Promise(() => {}) }),
    },
  },
  {
    id: 'orphans-left',
    title: 'A worker that does not end by itself is left behind',
    requirement: 'DRN-5',
    consequences: ['COR-1', 'DRN-2', 'DRN-3', 'DRN-4', 'DRN-8', 'RST-1', 'RST-2', 'RST-4'],
    scenarios: ['DRN-5'],
    bus: { createWorker: (options) => new ImmortalWorker(options) },
  },
  {
    id: 'socket-file-left',
    title: 'The file of a Unix socket is left behind',
    requirement: 'DRN-5',
    transport: 'unix',
    consequences: ['SEC-1'],
    daemon: { listen: listensAtOtherPath },
  },
  {
    id: 'end-of-stdin-ignored',
    title: 'The end of stdin has no effect',
    requirement: 'DRN-6',
    transport: 'stdio',
    consequences: ['COR-8', 'DRN-2'],
    daemon: { createEnding: (bus, log) => new DeafEnding(bus, log) },
  },
  {
    id: 'end-of-stdin-ends-all',
    title: 'The end of stdin ends everything at once, with what is pending',
    requirement: 'DRN-6',
    transport: 'stdio',
    consequences: ['COR-1', 'COR-8', 'FRM-4', 'DRN-1', 'DRN-2', 'DRN-7', 'RST-1'],
    daemon: { createEnding: (bus, log) => new HastyEnding(bus, log) },
  },
  {
    id: 'sigterm-to-busy-workers',
    title: 'A drain tells every worker to end at once, those with requests pending too',
    requirement: 'DRN-7',
    consequences: ['DRN-1', 'DRN-6', 'COR-1'],
    bus: { createDrain: (options) => new HastyDrain(options) },
  },
  {
    id: 'grandchildren-left',
    title: 'What a worker has started is left behind',
    requirement: 'DRN-8',
    bus: { createWorker: (options) => new LonelyWorker(options) },
  },
];
