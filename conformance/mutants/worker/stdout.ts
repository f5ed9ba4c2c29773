import type { WorkerMutant } from '../mutant.ts';
import { PlainWorker } from './plain-worker.ts';

export const stdoutMutants: readonly WorkerMutant[] = [
  {
    id: 'banner-on-stdout',
    title: 'It prints a banner when it starts',
    requirement: 'WRK-1',
    worker: class extends PlainWorker {
      override greet() {
        process.stdout.write('worker 1.0 is ready\n');
      }
    },
  },
  {
    id: 'farewell-on-stdout',
    title: 'It prints a word when it ends',
    requirement: 'WRK-1',
    worker: class extends PlainWorker {
      override exit() {
        process.stdout.write('bye\n', () => process.exit(0));
      }
    },
  },
  {
    id: 'farewell-at-stdin-end',
    title: 'It prints a word when its stdin ends',
    requirement: 'WRK-1',
    worker: class extends PlainWorker {
      override onStdinEnd() {
        process.stdout.write('stdin is closed\n');
        super.onStdinEnd();
      }
    },
  },
  {
    id: 'bad-lines-told-on-stdout',
    title: 'It prints on stdout that a line is no JSON',
    requirement: 'WRK-1',
    scenarios: ['bad-input/not-json', 'stdout/in-errors'],
    worker: class extends PlainWorker {
      override onBadLine() {
        process.stdout.write('not JSON\n');
      }
    },
  },
  {
    id: 'blank-line-behind-frames',
    title: 'It writes an empty line behind each frame',
    requirement: 'WRK-1',
    worker: class extends PlainWorker {
      override write(text: string) {
        super.write(`${text}\n`);
      }
    },
  },
  {
    id: 'no-version',
    title: 'Its frames have no "jsonrpc":"2.0"',
    requirement: 'WRK-1',
    worker: class extends PlainWorker {
      override line(members: object, idJson?: string) {
        return super.line(members, idJson).replace('"jsonrpc":"2.0",', '');
      }
    },
  },
  {
    id: 'last-line-cut',
    title: 'It ends in the middle of a line',
    requirement: 'WRK-1',
    worker: class extends PlainWorker {
      override exit() {
        process.stdout.write('{"jsonrpc":"2.0","method":"bye"', () => process.exit(0));
      }
    },
  },
];
