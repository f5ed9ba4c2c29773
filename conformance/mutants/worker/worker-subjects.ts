import { fileURLToPath } from 'node:url';
import type { WorkerSubject } from '../../../schemas/generated/worker-subject.ts';
import type { MutantFacts } from '../mutant.ts';

const probes: NonNullable<WorkerSubject['probes']> = {
  quick: { method: 'ping' },
  slow: { method: 'wait' },
  notifying: { method: 'count' },
  failing: { method: 'fail' },
  large: { method: 'echo', params: { text: '{large}' } },
};

/** A mutant as the suite drives it; without one, the same worker without a fault. */
export function mutantWorker(mutant?: Pick<MutantFacts, 'id'>): WorkerSubject {
  const name = mutant === undefined ? 'plain worker' : `mutant ${mutant.id}`;
  const args = mutant === undefined ? [] : [mutant.id];
  return { name, command: [process.execPath, script('mutant-worker.js'), ...args], probes };
}

/** A worker made with the worker kit. */
export function referenceWorker(): WorkerSubject {
  const command = [process.execPath, script('reference-worker.js')];
  return { name: 'worker kit', command, probes };
}

/** The worker of the process profile. */
export function referenceProcessWorker(): WorkerSubject {
  const command = [process.execPath, script('../../../cli.js'), 'worker', 'process'];
  return { name: 'process worker', command, profiles: ['worker', 'process'] };
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
