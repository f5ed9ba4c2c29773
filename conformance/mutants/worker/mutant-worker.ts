/**
 * A broken worker as a subject; without an id, one without a fault:
 *
 *   node dist/conformance/mutants/worker/mutant-worker.js [ID]
 */
import { workerMutants } from '../index.ts';
import { PlainWorker } from './plain-worker.ts';

const [id] = process.argv.slice(2);
const mutant = workerMutants.find((each) => each.id === id);

if (id !== undefined && mutant === undefined) {
  process.stderr.write(`mutant-worker: there is no mutant ${id}\n`);
  process.exit(64);
}
const Kind = mutant?.worker ?? PlainWorker;
new Kind().run();
