import { createHash } from 'node:crypto';
import { runWorker } from './answering-worker.ts';

/** Builds a "package": work that keeps one core busy for a moment. */
runWorker(() => ({
  build({ params }) {
    let digest = String(params?.name);
    for (let round = 0; round < 2000; round++) {
      digest = createHash('sha256').update(digest).digest('hex');
    }
    return { worker: process.pid, name: params?.name, digest };
  },
}));
