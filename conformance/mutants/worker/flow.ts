import type { WorkerMutant } from '../mutant.ts';
import { type PlainFrame, PlainWorker } from './plain-worker.ts';

const kept: Buffer[] = [];

export const flowOfWorkerMutants: readonly WorkerMutant[] = [
  {
    id: 'answers-dropped-when-full',
    title: 'What cannot be written at once is dropped',
    requirement: 'WRK-9',
    consequences: ['WRK-2', 'WRK-7'],
    scenarios: ['slow-reader/waits'],
    worker: class extends PlainWorker {
      override write(text: string) {
        if (process.stdout.writableLength === 0) process.stdout.write(text);
      }
    },
  },
  {
    id: 'ends-when-full',
    title: 'It ends when nobody reads its stdout',
    requirement: 'WRK-9',
    consequences: ['WRK-4'],
    scenarios: ['slow-reader/waits'],
    worker: class extends PlainWorker {
      override write(text: string) {
        process.stdout.write(text);
        if (process.stdout.writableLength > 100_000) process.exit(1);
      }
    },
  },
  {
    id: 'queue-without-bound',
    title: 'What nobody reads is kept, however much it is',
    requirement: 'WRK-9',
    scenarios: ['slow-reader/memory'],
    worker: class extends PlainWorker {
      override write(text: string) {
        process.stdout.write(text);
      }
    },
  },
  {
    id: 'requests-kept',
    title: 'It keeps something of every request',
    requirement: 'WRK-9',
    scenarios: ['load/hundred-thousand'],
    worker: class extends PlainWorker {
      override onFrame(frame: PlainFrame, text: string) {
        kept.push(Buffer.alloc(4000, 1));
        super.onFrame(frame, text);
      }
    },
  },
];
