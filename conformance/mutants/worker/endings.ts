import { spawn } from 'node:child_process';
import type { WorkerMutant } from '../mutant.ts';
import { PlainWorker } from './plain-worker.ts';

export const endingMutants: readonly WorkerMutant[] = [
  {
    id: 'sigterm-ends-at-once',
    title: 'SIGTERM ends it at once',
    requirement: 'WRK-7',
    consequences: ['WRK-2', 'WRK-5', 'WRK-9'],
    scenarios: ['sigterm/with-slow-pending', 'sigterm/with-many-pending'],
    worker: class extends PlainWorker {
      override onSigterm() {
        process.exit(0);
      }
    },
  },
  {
    id: 'sigterm-untrapped',
    title: 'SIGTERM kills it, as it kills any program',
    requirement: 'WRK-7',
    scenarios: ['sigterm/idle'],
    worker: class extends PlainWorker {
      override onSigterm() {
        process.removeAllListeners('SIGTERM');
        process.kill(process.pid, 'SIGTERM');
      }
    },
  },
  {
    id: 'sigterm-ignored',
    title: 'SIGTERM has no effect',
    requirement: 'WRK-7',
    scenarios: ['sigterm/idle'],
    worker: class extends PlainWorker {
      override onSigterm() {}
    },
  },
  {
    id: 'sigterm-exits-143',
    title: 'After SIGTERM it finishes, and exits with code 143',
    requirement: 'WRK-7',
    scenarios: ['sigterm/idle'],
    worker: class extends PlainWorker {
      #code = 0;
      override onSigterm() {
        this.#code = 143;
        super.onSigterm();
      }
      override exit() {
        process.exit(this.#code);
      }
    },
  },
  {
    id: 'stdin-dropped-at-sigterm',
    title: 'After SIGTERM nothing more is served of what it has read',
    requirement: 'WRK-7',
    consequences: ['WRK-2', 'WRK-5'],
    scenarios: ['sigterm/with-many-pending', 'sigterm/with-sessions-pending'],
    worker: class extends PlainWorker {
      #lines: Buffer[] = [];
      override onLine(line: Buffer) {
        if (this.#lines.push(line) === 1) setImmediate(() => this.#takeOne());
      }
      #takeOne() {
        const [line] = this.#lines;
        if (line === undefined) return;
        super.onLine(line);
        this.#lines.shift();
        if (this.#lines.length > 0) setTimeout(() => this.#takeOne(), 1);
      }
      override onSigterm() {
        this.#lines = [];
        super.onSigterm();
      }
    },
  },
  {
    id: 'children-left-at-sigterm',
    title: 'A process that it has started runs on after SIGTERM',
    requirement: 'WRK-7',
    scenarios: ['sigterm/nothing-left'],
    worker: class extends PlainWorker {
      override onSigterm() {
        spawn('sleep', ['600'], { stdio: 'ignore', detached: true }).unref();
        super.onSigterm();
      }
    },
  },
  {
    id: 'end-of-stdin-ignored-by-worker',
    title: 'The end of stdin has no effect',
    requirement: 'WRK-8',
    scenarios: ['stdin-end/idle'],
    worker: class extends PlainWorker {
      override onStdinEnd() {
        setInterval(() => {}, 1000);
      }
    },
  },
  {
    id: 'end-of-stdin-exits-1',
    title: 'At the end of stdin it exits with code 1',
    requirement: 'WRK-8',
    scenarios: ['stdin-end/idle'],
    worker: class extends PlainWorker {
      override onStdinEnd() {
        process.exitCode = 1;
        super.onStdinEnd();
      }
      override exit() {
        process.exit();
      }
    },
  },
  {
    id: 'pending-lost-at-stdin-end',
    title: 'At the end of stdin it ends at once, with what is pending',
    requirement: 'WRK-8',
    consequences: ['WRK-2', 'WRK-5', 'WRK-9'],
    scenarios: ['stdin-end/with-slow-pending'],
    worker: class extends PlainWorker {
      override onStdinEnd() {
        process.exit(0);
      }
    },
  },
  {
    id: 'children-left-at-stdin-end',
    title: 'A process that it has started runs on after the end of stdin',
    requirement: 'WRK-8',
    scenarios: ['stdin-end/nothing-left'],
    worker: class extends PlainWorker {
      override onStdinEnd() {
        spawn('sleep', ['600'], { stdio: 'ignore', detached: true }).unref();
        super.onStdinEnd();
      }
    },
  },
];
