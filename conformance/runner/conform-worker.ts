import type { WorkerSubject } from '../../schemas/generated/worker-subject.ts';
import { workerScenarios } from '../scenarios/worker/index.ts';
import { subjectIdentity } from '../subject/subject-identity.ts';
import type { WorkerScenario } from '../worker-scenario.ts';
import { conformRun, type RunOptions } from './conform-run.ts';
import { WorkerFacts } from './worker-facts.ts';
import { workerPlay } from './worker-play.ts';
import { workerPreflight } from './worker-preflight.ts';

/** What `conform worker` was asked to do. */
export interface WorkerRunOptions extends RunOptions {
  readonly subject: WorkerSubject;
}

/** Runs the suite against a worker and tells what came of it; resolves with the exit code. */
export function conformWorker(options: WorkerRunOptions): Promise<number> {
  const { subject, timeScale } = options;
  const facts = new WorkerFacts();
  return conformRun<WorkerScenario, 'pipe'>(options, {
    kind: 'worker',
    identity: () => subjectIdentity(subject),
    capabilities: subject.profiles ?? ['worker'],
    scenarios: workerScenarios,
    transports: ['pipe'],
    hasAllTransports: ['pipe'],
    preflight: (_, context) => workerPreflight({ subject, ...context }),
    play: ({ scenario }, attempt) => workerPlay({ scenario, subject, timeScale, ...attempt }),
    inapplicable({ needs = [] }) {
      const missing = needs.filter((probe) => subject.probes?.[probe] === undefined);
      if (missing.length === 0) return undefined;
      return `the manifest names no request for it: probes.${missing.join(' and probes.')}`;
    },
    onHistory: (records) => facts.note(records),
    facts: () => facts.values(),
  });
}
