import type { ClientId } from '../../../reference/bus/client-id.ts';
import { OutputQueue, type Splice } from '../../../reference/bus/output-queue.ts';
import { Worker } from '../../../reference/bus/worker.ts';
import { workerFrames } from '../../../reference/bus/worker-frames.ts';
import { FrameDecoder, type FrameSink } from '../../../reference/frame-decoder.ts';
import type { Mutant } from '../mutant.ts';
import { takesWorkerLines, type WorkerOptions } from '../part.ts';

/** Goes on after its end, with the next incarnation of the slot. */
class LastingDecoder extends FrameDecoder {
  override end(): void {}
}

function createJoiningWorkers(): (options: WorkerOptions) => Worker {
  const decoders = new Map<string, FrameDecoder>();
  const sinks = new Map<string, FrameSink>();
  return (options) => {
    const name = `${options.pool.id}/${options.slot}`;
    const createDecoder = (
      { maxFrameBytes }: { readonly maxFrameBytes: number },
      sink: FrameSink,
    ) => {
      sinks.set(name, sink);
      const present = () => sinks.get(name) as FrameSink;
      const decoder =
        decoders.get(name) ??
        new LastingDecoder(maxFrameBytes, {
          onLine: (...line) => present().onLine(...line),
          onOverlong: () => present().onOverlong(),
          onDiscarded: (...part) => present().onDiscarded?.(...part),
          onDiscardedEnd: () => present().onDiscardedEnd?.(),
          onUnterminated() {},
        });
      decoders.set(name, decoder);
      return decoder;
    };
    return new Worker({ ...options, parts: { ...options.parts, createDecoder } });
  };
}

/** Remembers what the system has not taken. */
class RememberedOutput extends OutputQueue {
  readonly #lines: { readonly position: number; readonly line: Buffer }[] = [];

  override push(bytes: Buffer, start: number, end: number): void {
    const line = Buffer.from(bytes.subarray(start, end));
    this.#lines.push({ position: this.stagedBytes, line });
    super.push(bytes, start, end);
  }

  override pushReplaced(bytes: Buffer, span: Splice, value: ClientId): void {
    const { start, end, valueStart, valueEnd } = span;
    const parts = [bytes.subarray(start, valueStart), `${value}`, bytes.subarray(valueEnd, end)];
    const line = Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')));
    this.#lines.push({ position: this.stagedBytes, line });
    super.pushReplaced(bytes, span, value);
  }

  /** Lines of which the system has not taken all. */
  unwritten(): Buffer[] {
    return this.#lines
      .filter(({ position }) => position >= this.handedBytes)
      .map(({ line }) => line);
  }
}

function createInheritingWorkers(): (options: WorkerOptions) => Worker {
  const predecessors = new Map<string, RememberedOutput>();
  return (options) => {
    const name = `${options.pool.id}/${options.slot}`;
    let output: RememberedOutput | undefined;
    const parts: WorkerOptions['parts'] = {
      ...options.parts,
      createOutput: (outputOptions) => {
        output = new RememberedOutput(outputOptions);
        return output;
      },
    };
    const worker = new Worker({ ...options, parts });
    for (const line of predecessors.get(name)?.unwritten() ?? []) {
      worker.output.push(line, 0, line.length);
    }
    predecessors.set(name, output as RememberedOutput);
    return worker;
  };
}

/** What becomes of a worker's half lines and of its output that is no frame. */
export const workerOutputMutants: readonly Mutant[] = [
  {
    id: 'half-lines-joined',
    title: 'Half a line of a dead worker is joined to what the next incarnation writes',
    requirement: 'RST-6',
    consequences: ['COR-1', 'RST-7', 'FRM-7'],
    bus: { createWorker: createJoiningWorkers() },
  },
  {
    id: 'queue-inherited',
    title: 'What was queued for a lost worker is written to the next incarnation',
    requirement: 'RST-6',
    consequences: ['COR-1', 'FRM-7', 'AFF-2', 'AFF-1', 'RST-1'],
    bus: { createWorker: createInheritingWorkers() },
  },
  {
    id: 'log-line-to-client',
    title: 'A line of a worker that is no frame is given to a client',
    requirement: 'RST-7',
    consequences: ['AFF-8', 'FRM-7', 'COR-1'],
    scenarios: ['*/log-lines', '*/invalid-utf-8', '*/banner'],
    bus: takesWorkerLines(({ board, bytes, start, end, kind, pass }) => {
      if (kind !== 'refused') return pass();
      const [connection] = board.connections.values();
      if (connection?.takesFrame()) connection.output.push(bytes, start, end);
    }),
  },
  {
    id: 'log-line-ends-worker',
    title: 'A worker that writes a line that is no frame is killed',
    requirement: 'RST-7',
    consequences: ['COR-1', 'AFF-1', 'RST-4', 'SEC-4', 'RST-1', 'RST-2'],
    scenarios: ['*/log-lines', '*/banner'],
    bus: takesWorkerLines(({ worker, kind, pass }) => {
      if (kind === 'refused') worker.kill();
      else pass();
    }),
  },
  {
    id: 'overlong-response-unanswered',
    title: 'A request whose response is over max_input_buffer is never answered',
    requirement: 'RST-7',
    consequences: ['COR-1', 'EXT-6', 'FRM-6'],
    scenarios: ['*/response-over-limit*'],
    bus: {
      workerFrames: (board, worker) => ({ ...workerFrames(board, worker), onDiscardedEnd() {} }),
    },
  },
];
