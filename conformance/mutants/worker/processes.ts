import type { WorkerMutant } from '../mutant.ts';
import { FilteredProcessWorker, type ProcessFrame } from './filtered-process-worker.ts';

/** A frame with other params. */
function withParams(frame: ProcessFrame, params: Readonly<Record<string, unknown>>): ProcessFrame {
  return { ...frame, params: { ...frame.params, ...params } };
}

export const processMutants: readonly WorkerMutant[] = [
  {
    id: 'events-from-zero',
    title: 'Events are numbered from 0',
    requirement: 'PRC-1',
    consequences: ['PRC-3', 'PRC-4'],
    scenarios: ['process-start/one-command'],
    worker: class extends FilteredProcessWorker {
      override answered(frame: ProcessFrame) {
        const { seq } = frame.params ?? {};
        return [typeof seq === 'number' ? withParams(frame, { seq: seq - 1 }) : frame];
      }
    },
  },
  {
    id: 'closed-not-told',
    title: 'process/closed is not sent',
    requirement: 'PRC-1',
    scenarios: ['process-start/one-command'],
    worker: class extends FilteredProcessWorker {
      override answered(frame: ProcessFrame) {
        return frame.method === 'process/closed' ? [] : [frame];
      }
    },
  },
  {
    id: 'exit-after-closed',
    title: 'process/exited comes after process/closed, with their numbers exchanged',
    requirement: 'PRC-1',
    scenarios: ['process-start/one-command'],
    worker: class extends FilteredProcessWorker {
      readonly #exits = new Map<string, ProcessFrame>();
      override answered(frame: ProcessFrame) {
        const key = `${frame.sessionId} ${frame.params?.processId}`;
        if (frame.method === 'process/exited') {
          this.#exits.set(key, frame);
          return [];
        }
        const exit = this.#exits.get(key);
        if (frame.method !== 'process/closed' || exit === undefined) return [frame];
        const { seq } = frame.params ?? {};
        return [withParams(frame, { seq: exit.params?.seq }), withParams(exit, { seq })];
      }
    },
  },
  {
    id: 'output-as-text',
    title: 'Output is taken for UTF-8, chunk by chunk',
    requirement: 'PRC-1',
    consequences: ['PRC-3'],
    scenarios: ['process-output/any-bytes'],
    worker: class extends FilteredProcessWorker {
      override answered(frame: ProcessFrame) {
        if (frame.method !== 'process/output') return [frame];
        const text = Buffer.from(String(frame.params?.chunk), 'base64').toString('utf8');
        return [withParams(frame, { chunk: Buffer.from(text).toString('base64') })];
      }
    },
  },
  {
    id: 'events-without-session',
    title: 'Events have no session id',
    requirement: 'WRK-3',
    consequences: ['PRC-1'],
    scenarios: ['process-start/one-command'],
    worker: class extends FilteredProcessWorker {
      override answered(frame: ProcessFrame) {
        if (frame.method === undefined) return [frame];
        const { sessionId: _, ...rest } = frame;
        return [rest];
      }
    },
  },
  {
    id: 'signal-exits-0',
    title: 'A command that a signal has ended has exit code 0',
    requirement: 'PRC-1',
    consequences: ['PRC-3'],
    scenarios: ['process-signal/exit-codes'],
    worker: class extends FilteredProcessWorker {
      override answered(frame: ProcessFrame) {
        const code = frame.params?.exitCode;
        return [
          typeof code === 'number' && code > 128 ? withParams(frame, { exitCode: 0 }) : frame,
        ];
      }
    },
  },
  {
    id: 'retains-half',
    title: 'Half a MiB of output is retained',
    requirement: 'PRC-2',
    scenarios: ['process-retention/one-mebibyte'],
    worker: class extends FilteredProcessWorker {
      override readonly args = ['--retain-bytes', '524288'];
    },
  },
  {
    id: 'forgets-early',
    title: 'A process is forgotten as soon as it is closed',
    requirement: 'PRC-2',
    consequences: ['PRC-1', 'PRC-3'],
    scenarios: ['process-read/what-was-pushed'],
    worker: class extends FilteredProcessWorker {
      override readonly args = ['--retain-sec', '0'];
    },
  },
  {
    id: 'reads-without-waiting',
    title: 'process/read does not wait',
    requirement: 'PRC-3',
    scenarios: ['process-read/waits'],
    worker: class extends FilteredProcessWorker {
      override taken(frame: ProcessFrame) {
        return frame.method === 'process/read' ? withParams(frame, { waitMs: 0 }) : frame;
      }
    },
  },
  {
    id: 'budget-withholds-first-chunk',
    title: 'A first chunk larger than maxBytes is not given',
    requirement: 'PRC-3',
    scenarios: ['process-read/first-chunk'],
    worker: class extends FilteredProcessWorker {
      override answered(frame: ProcessFrame) {
        const params = this.paramsOf(frame, 'process/read');
        const [first] = (frame.result?.chunks ?? []) as { seq: number; chunk: string }[];
        if (params === undefined || first === undefined) return [frame];
        const bytes = Buffer.from(first.chunk, 'base64').length;
        if (bytes <= Number(params.maxBytes ?? Infinity)) return [frame];
        return [{ ...frame, result: { ...frame.result, chunks: [], nextSeq: first.seq } }];
      }
    },
  },
  {
    id: 'loss-not-told',
    title: 'A read of output that is gone gives what is left, as if nothing were missing',
    requirement: 'PRC-4',
    scenarios: ['process-retention/output-lost'],
    worker: class extends FilteredProcessWorker {
      override answered(frame: ProcessFrame) {
        const { data } = (frame.error ?? {}) as { data?: { oldestSeq?: number } };
        if (data?.oldestSeq === undefined) return [frame];
        const { error: _, ...rest } = frame;
        const nextSeq = data.oldestSeq;
        return [
          { ...rest, result: { chunks: [], nextSeq, exited: true, exitCode: 0, closed: true } },
        ];
      }
    },
  },
  {
    id: 'loss-without-number',
    title: 'The error for output that is gone does not say where what is left begins',
    requirement: 'PRC-4',
    scenarios: ['process-retention/output-lost'],
    worker: class extends FilteredProcessWorker {
      override answered(frame: ProcessFrame) {
        if (frame.error?.code !== -32_010) return [frame];
        return [{ ...frame, error: { code: -32_010, message: 'that is no longer retained' } }];
      }
    },
  },
];
