import { Counters } from '../../../reference/bus/counters.ts';
import { OutputQueue } from '../../../reference/bus/output-queue.ts';
import { ownExtensions } from '../../../reference/bus/own-methods.ts';
import { reportLoss } from '../../../reference/bus/worker-loss.ts';
import { EnvelopeScanner } from '../../../reference/envelope-scanner.ts';
import type { Mutant } from '../mutant.ts';
import { lineFromObject, objectFromLine, takesClientLines } from '../part.ts';

/** Does not know the method `stdio_bus/hello`. */
class UnfriendlyScanner extends EnvelopeScanner {
  override method(): string | undefined {
    const method = super.method();
    return method === 'stdio_bus/hello' ? 'stdio_bus/unknown' : method;
  }
}

/** Does not know the method `stdio_bus/stats`. */
class SecretiveScanner extends EnvelopeScanner {
  override method(): string | undefined {
    const method = super.method();
    return method === 'stdio_bus/stats' ? 'stdio_bus/unknown' : method;
  }
}

/** Has every extension that it is asked for. */
class BoastfulSet extends Set<string> {
  override has(): boolean {
    return true;
  }
}

/** Counts no frame to workers. */
class LazyCounters extends Counters {
  override frameIn(): void {}
}

/** Gives errors of the bus codes that workers use. */
class StrangeCodes extends OutputQueue {
  override pushLine(line: string): void {
    super.pushLine(line.replace('"code":-3205', '"code":-3200'));
  }
}

/** Gives errors of the bus another source. */
class ForeignErrors extends OutputQueue {
  override pushLine(line: string): void {
    super.pushLine(line.replace('"source":"bus"', '"source":"proxy"'));
  }
}

export const extensionMutants: readonly Mutant[] = [
  {
    id: 'hello-unknown',
    title: 'stdio_bus/hello is declared, and forwarded like any other method',
    requirement: 'EXT-1',
    consequences: ['EXT-4', 'COR-4', 'FRM-7'],
    bus: { createScanner: ({ sessionIdField }) => new UnfriendlyScanner(sessionIdField) },
  },
  {
    id: 'hello-promises-all',
    title: 'stdio_bus/hello says that every extension is active, also unknown ones',
    requirement: 'EXT-1',
    bus: { extensions: new BoastfulSet() },
  },
  {
    id: 'stats-unknown',
    title: 'stdio_bus/stats is declared, and forwarded like any other method',
    requirement: 'EXT-2',
    consequences: ['FRM-7', 'COR-4'],
    bus: { createScanner: ({ sessionIdField }) => new SecretiveScanner(sessionIdField) },
  },
  {
    id: 'stats-wrong',
    title: 'stdio_bus/stats counts no frames to workers',
    requirement: 'EXT-2',
    bus: { counters: new LazyCounters() },
  },
  {
    id: 'ext-stripped',
    title: 'The member _ext is taken out of frames to workers',
    requirement: 'EXT-3',
    consequences: ['FRM-7', 'COR-6', 'EXT-5'],
    scenarios: ['EXT-3'],
    bus: takesClientLines((line) => {
      const object = line.kind === 'refused' ? undefined : objectFromLine(line);
      if (object === undefined || !('_ext' in object)) return line.pass();
      const { _ext, ...rest } = object;
      line.pass(lineFromObject(rest));
    }),
  },
  {
    id: 'session-lost-unsaid',
    title: 'stdio_bus/session_lost is declared, and never sent',
    requirement: 'EXT-4',
    bus: {
      reportLoss: (...loss) => {
        const [board] = loss;
        const wanting = [...board.connections.values()].filter(
          ({ wantsSessionLost }) => wantsSessionLost,
        );
        for (const connection of wanting) connection.wantsSessionLost = false;
        reportLoss(...loss);
        for (const connection of wanting) connection.wantsSessionLost = true;
      },
    },
  },
  {
    id: 'session-lost-unasked',
    title: 'stdio_bus/session_lost is sent to clients that have not negotiated it',
    requirement: 'EXT-4',
    bus: {
      reportLoss: (...loss) => {
        const [board] = loss;
        for (const connection of board.connections.values()) connection.wantsSessionLost = true;
        reportLoss(...loss);
      },
    },
  },
  {
    id: 'traceparent-untouched',
    title: 'A bus that declares tracing hands on the traceparent of its client',
    requirement: 'EXT-5',
    capabilities: ['trace'],
    bus: { extensions: new Set([...ownExtensions, 'trace']) },
  },
  {
    id: 'error-codes-of-workers',
    title: 'Errors of the bus have codes that workers use',
    requirement: 'EXT-6',
    bus: { createOutput: (options) => new StrangeCodes(options) },
  },
  {
    id: 'error-source-wrong',
    title: 'Errors of the bus do not say that they come from the bus',
    requirement: 'EXT-6',
    scenarios: ['bus-errors/unknown-pool', 'bus-errors/worker-lost'],
    bus: { createOutput: (options) => new ForeignErrors(options) },
  },
];
