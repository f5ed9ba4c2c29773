import { dirname, resolve } from 'node:path';
import { printable } from '../command.ts';
import type { WorkerSubject } from '../schemas/generated/worker-subject.ts';
import { readValidDocumentFile } from './document-file.ts';
import { SetUpProblem } from './set-up-problem.ts';

/** What the manifest in a file says of a worker. Throws SetUpProblem where it is of no use. */
export function workerManifestFrom(file: string): WorkerSubject {
  const { value } = readValidDocumentFile(file, 'worker-subject#WorkerSubject');
  const manifest = value as WorkerSubject;
  const problems = probeProblems(manifest);
  if (problems.length > 0) {
    throw new SetUpProblem(problems.map((each) => `${printable(file)}: ${each}`).join('\n'));
  }
  const { baseline } = manifest;
  return baseline === undefined
    ? manifest
    : { ...manifest, baseline: resolve(dirname(file), baseline) };
}

/** Requests that could show nothing, whatever the worker does. */
function probeProblems({ probes = {} }: WorkerSubject): string[] {
  const problems = Object.entries(probes)
    .filter(([, frame]) => typeof (frame as { method?: unknown }).method !== 'string')
    .map(([name]) => `/probes/${name}/method: missing, expected the name of a method`);
  const { large } = probes;
  if (large !== undefined && !JSON.stringify(large).includes('"{large}"')) {
    problems.push('/probes/large: nothing in it is the string "{large}", which the suite replaces');
  }
  return problems;
}
