import { strict as assert } from 'node:assert';
import { createBus } from '../index.ts';
import { examplePool } from './example-pool.ts';
import { print } from './print.ts';

/**
 * Jobs of a CI run: without a session id, each goes to whichever worker has its turn (AFF-5). The
 * drain is asked for while they run, and loses none (DRN-1).
 *
 *   node dist/reference/examples/ci-jobs.js
 */
interface Built {
  readonly worker: number;
  readonly name: string;
  readonly digest: string;
}

const names = Array.from({ length: 200 }, (_, index) => `package-${index}`);
const bus = await createBus({ pools: [examplePool('job-worker', 4)] });
const jobs = names.map((name) => bus.request<Built>('build', { name }));
print(`${jobs.length} jobs were given to 4 workers`);

const draining = bus.drain();
const built = await Promise.all(jobs);
await draining;

const counts = new Map<number, number>();
for (const { worker } of built) counts.set(worker, (counts.get(worker) ?? 0) + 1);
for (const [index, count] of [...counts.values()].entries()) {
  print(`worker ${index}: ${count} jobs`);
}
assert.deepEqual(
  built.map(({ name }) => name),
  names,
  'every job has its own result',
);
print(`${built.length} jobs were built, none was lost`);
