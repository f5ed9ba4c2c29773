import type { WorkerMutant } from '../mutant.ts';
import { type Outcome, type PlainFrame, type PlainRequest, PlainWorker } from './plain-worker.ts';

export const inputMutants: readonly WorkerMutant[] = [
  {
    id: 'ends-on-bad-json',
    title: 'A line that is no JSON ends it',
    requirement: 'WRK-4',
    consequences: ['WRK-5', 'WRK-1'],
    scenarios: ['bad-input/not-json', 'independence/beside-bad-lines'],
    worker: class extends PlainWorker {
      override onBadLine() {
        process.exit(1);
      }
    },
  },
  {
    id: 'ends-on-null',
    title: 'The line null ends it',
    requirement: 'WRK-4',
    scenarios: ['bad-input/not-an-object'],
    worker: class extends PlainWorker {
      override onNoFrame(value: unknown) {
        if (value === null) process.exit(1);
      }
    },
  },
  {
    id: 'ends-on-invalid-utf8',
    title: 'Bytes that are no UTF-8 end it',
    requirement: 'WRK-4',
    scenarios: ['bad-input/invalid-utf8'],
    worker: class extends PlainWorker {
      override decode(line: Buffer) {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
      }
    },
  },
  {
    id: 'ends-on-null-params',
    title: 'Params that are null end it',
    requirement: 'WRK-4',
    scenarios: ['bad-input/params-that-are-no-object'],
    worker: class extends PlainWorker {
      override onFrame(frame: PlainFrame, text: string) {
        if (frame.params === null) process.exit(1);
        super.onFrame(frame, text);
      }
    },
  },
  {
    id: 'ends-on-deep-nesting',
    title: 'A line that is nested deeply ends it',
    requirement: 'WRK-4',
    scenarios: ['bad-input/nested-deeply'],
    worker: class extends PlainWorker {
      override decode(line: Buffer) {
        const text = super.decode(line);
        if (text.includes('['.repeat(50_000))) process.exit(134);
        return text;
      }
    },
  },
  {
    id: 'ends-on-constructor',
    title: 'A method that is called like a member of every object ends it',
    requirement: 'WRK-4',
    consequences: ['WRK-2', 'WRK-3'],
    scenarios: ['bad-input/unknown-method'],
    worker: class extends PlainWorker {
      override async serve(request: PlainRequest): Promise<Outcome> {
        if (request.method in {}) process.exit(1);
        return super.serve(request);
      }
    },
  },
  {
    id: 'unknown-method-with-wrong-code',
    title: 'The error for an unknown method is -32600',
    requirement: 'WRK-4',
    scenarios: ['bad-input/unknown-method'],
    worker: class extends PlainWorker {
      override async unknown() {
        return { error: { code: -32600, message: 'unknown method' } };
      }
    },
  },
  {
    id: 'unknown-method-succeeds',
    title: 'An unknown method is answered with a result',
    requirement: 'WRK-4',
    scenarios: ['bad-input/unknown-method'],
    worker: class extends PlainWorker {
      override async unknown() {
        return { result: {} };
      }
    },
  },
  {
    id: 'busy-means-deaf',
    title: 'While a slow request is served, requests are dropped',
    requirement: 'WRK-5',
    consequences: ['WRK-2', 'WRK-7'],
    scenarios: ['independence/beside-a-slow-one', 'independence/slow-failing-quick'],
    worker: class extends PlainWorker {
      #isBusy = false;
      override onFrame(frame: PlainFrame, text: string) {
        if (!this.#isBusy) super.onFrame(frame, text);
      }
      override async wait(request: PlainRequest) {
        this.#isBusy = true;
        const outcome = await super.wait(request);
        this.#isBusy = false;
        return outcome;
      }
    },
  },
  {
    id: 'failure-cancels-others',
    title: 'A request that fails cancels what other sessions have pending',
    requirement: 'WRK-5',
    consequences: ['WRK-2', 'WRK-7', 'WRK-4'],
    scenarios: ['independence/slow-failing-quick'],
    worker: class extends PlainWorker {
      #generation = 0;
      override async wait(request: PlainRequest): Promise<Outcome> {
        const generation = this.#generation;
        const outcome = await super.wait(request);
        return generation === this.#generation ? outcome : new Promise(() => {});
      }
      override reply(request: PlainRequest, outcome: Outcome) {
        if (request.method === 'fail') this.#generation++;
        super.reply(request, outcome);
      }
    },
  },
  {
    id: 'read-is-a-line',
    title: 'Each read is taken for whole lines',
    requirement: 'WRK-6',
    consequences: ['WRK-2', 'WRK-4', 'WRK-7', 'WRK-1'],
    scenarios: ['reading/byte-by-byte', 'reading/one-and-a-half'],
    worker: class extends PlainWorker {
      override onChunk(chunk: Buffer) {
        for (const line of chunk.toString('latin1').split('\n')) {
          this.onLine(Buffer.from(line, 'latin1'));
        }
      }
    },
  },
  {
    id: 'first-line-of-each-read',
    title: 'Of each read, only the first line is served',
    requirement: 'WRK-6',
    consequences: ['WRK-2', 'WRK-7'],
    scenarios: ['reading/coalesced', 'load/thousand-at-once'],
    worker: class extends PlainWorker {
      override onChunk(chunk: Buffer) {
        const end = chunk.indexOf(10);
        super.onChunk(end < 0 ? chunk : chunk.subarray(0, end + 1));
      }
    },
  },
  {
    id: 'line-limit-64k',
    title: 'Lines over 64 kB are dropped',
    requirement: 'WRK-6',
    consequences: ['WRK-2', 'WRK-7'],
    scenarios: ['large-frames/*'],
    worker: class extends PlainWorker {
      override onLine(line: Buffer) {
        if (line.length <= 65_536) super.onLine(line);
      }
    },
  },
  {
    id: 'cr-refused',
    title: 'A line that ends with CR and LF is taken for bad',
    requirement: 'WRK-6',
    consequences: ['WRK-2', 'WRK-7'],
    scenarios: ['reading/crlf'],
    worker: class extends PlainWorker {
      override onLine(line: Buffer) {
        if (line.at(-1) === 13) this.onBadLine('a CR');
        else super.onLine(line);
      }
    },
  },
  {
    id: 'five-hundred-at-most',
    title: 'Of many requests at once, all beyond the five hundredth are dropped',
    requirement: 'WRK-6',
    consequences: ['WRK-2', 'WRK-7'],
    scenarios: ['load/thousand-at-once'],
    worker: class extends PlainWorker {
      #inTurn = 0;
      override onFrame(frame: PlainFrame, text: string) {
        if (this.#inTurn === 0) {
          setTimeout(() => {
            this.#inTurn = 0;
          }, 500);
        }
        if (++this.#inTurn <= 500) super.onFrame(frame, text);
      }
    },
  },
];
