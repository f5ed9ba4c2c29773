import { fileURLToPath } from 'node:url';
import type { BusSubject, Transport } from '../../schemas/generated/bus-subject.ts';
import type { ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import type { BusScenario } from '../bus-scenario.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { busPlay } from '../runner/bus-play.ts';
import { JudgeProcess } from '../runner/judge-process.ts';
import type { LiveScenes } from '../runner/live-scenes.ts';
import type { Play } from '../runner/play.ts';
import { runScenario } from '../runner/run-scenario.ts';
import { workerPlay } from '../runner/worker-play.ts';
import type { Scenario } from '../scenario.ts';
import { busScenarios } from '../scenarios/bus/index.ts';
import { allScenarios } from '../scenarios/index.ts';
import { workerScenarios } from '../scenarios/worker/index.ts';
import type { Timings } from '../scene/timings.ts';
import { type ScenarioRun, selectScenarios } from '../selection/selection.ts';
import { referenceSubject } from '../subject/subject-from-args.ts';
import type { WorkerScenario } from '../worker-scenario.ts';
import { isWorkerMutant, type Mutant, type MutantFacts, type WorkerMutant } from './mutant.ts';
import { FilteredProcessWorker } from './worker/filtered-process-worker.ts';
import { mutantWorker, referenceProcessWorker, referenceWorker } from './worker/worker-subjects.ts';

export type BusRun = ScenarioRun<BusScenario, Transport>;
export type WorkerRun = ScenarioRun<WorkerScenario, 'pipe'>;

/** One scenario with one subject. */
export interface SubjectRun {
  /** The mutant, or undefined for the reference. */
  readonly mutant: MutantFacts | undefined;
  readonly run: BusRun | WorkerRun;
}

export interface RunOptions {
  readonly timings: Timings;
  readonly jobs: number;
  readonly live: LiveScenes;
  readonly signal: AbortSignal;
  readonly onResult: (run: SubjectRun, result: ScenarioResult) => void;
}

const busProfiles = ['core', 'lifecycle', 'flow', 'config', 'security', 'extensions'] as const;

/** The scenarios that a mutant is put through: those that show it, or all. */
export function runsOf(
  mutant: MutantFacts,
  catalogue: Catalogue,
  isFull: boolean,
): (BusRun | WorkerRun)[] {
  if (!isWorkerMutant(mutant)) return busRunsOf(mutant, catalogue, isFull);
  return selectScenarios(workerScenarios, {
    catalogue,
    profiles: [isForProcesses(mutant) ? 'process' : 'worker'],
    transports: ['pipe'] as const,
    only: isFull ? [] : (mutant.scenarios ?? scenariosFor(mutant, workerScenarios)),
    skip: [],
  });
}

function isForProcesses({ worker }: WorkerMutant): boolean {
  return worker.prototype instanceof FilteredProcessWorker;
}

function busRunsOf(mutant: Mutant, catalogue: Catalogue, isFull: boolean): BusRun[] {
  const { scenarios, transport = 'tcp' } = mutant;
  const capabilities: readonly string[] = subjectOf(mutant).capabilities ?? [];
  return selectScenarios(busScenarios, {
    catalogue,
    profiles: busProfiles,
    transports: [transport],
    only: isFull ? [] : (scenarios ?? scenariosFor(mutant, busScenarios)),
    skip: [],
  }).filter(({ scenario }) =>
    scenario.requirements.every((id) => {
      const needed = catalogue.find(id)?.capability;
      return needed === undefined || capabilities.includes(needed);
    }),
  );
}

/** The scenarios that are for the requirement of a mutant, or else those that check it as well. */
function scenariosFor({ requirement }: MutantFacts, scenarios: readonly Scenario[]): string[] {
  const own = scenarios.filter(({ requirements: [first] }) => first === requirement);
  return own.length === 0 ? [requirement] : own.map(({ id }) => id);
}

/** The reference on everything that mutants are put through: it fails none of it. */
export function referenceRuns(runs: readonly SubjectRun[]): SubjectRun[] {
  const byName = new Map(
    runs.map(({ run }) => [`${run.scenario.id} ${run.transport}`, { mutant: undefined, run }]),
  );
  return [...byName.values()];
}

/** A mutant as the suite drives it. */
export function subjectOf({ id, capabilities = [] }: Mutant): BusSubject {
  const program = fileURLToPath(new URL('./mutant-bus.js', import.meta.url));
  const { capabilities: own = [] } = referenceSubject();
  return {
    name: `mutant ${id}`,
    command: [process.execPath, program, id],
    capabilities: [...own, ...capabilities],
  };
}

/** The reference, with tracing where a scenario is about that. */
function referenceFor({ scenario }: BusRun, catalogue: Catalogue): BusSubject {
  const reference = referenceSubject();
  if (!scenario.requirements.some((id) => catalogue.find(id)?.capability === 'trace')) {
    return reference;
  }
  const cli = fileURLToPath(new URL('../../cli.js', import.meta.url));
  // Nobody listens there: what is handed on does not depend on it.
  const tracing = ['serve', '--trace-endpoint', 'http://127.0.0.1:9'];
  return {
    ...reference,
    command: [process.execPath, cli, ...tracing],
    capabilities: [...(reference.capabilities ?? []), 'trace'],
  };
}

/** Runs everything, several at a time. */
export async function runAll(
  all: readonly SubjectRun[],
  catalogue: Catalogue,
  options: RunOptions,
): Promise<void> {
  const { timings, jobs, live, signal, onResult } = options;
  const judges = new JudgeProcess(allScenarios);
  let next = 0;
  const work = async () => {
    while (next < all.length && !signal.aborted) {
      const each = all[next++] as SubjectRun;
      const { profile } = each.run;
      const play = playOf(each, timings, catalogue);
      const { result } = await runScenario(play, { profile, live, judges });
      if (!signal.aborted) onResult(each, result);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  judges.close();
}

function playOf({ mutant, run }: SubjectRun, timings: Timings, catalogue: Catalogue): Play {
  const options = { timings, timeScale: 1, seed: '1' };
  if (isWorkerRun(run)) {
    const reference = run.profile === 'process' ? referenceProcessWorker() : referenceWorker();
    const subject = mutant === undefined ? reference : mutantWorker(mutant as WorkerMutant);
    return workerPlay({ ...options, scenario: run.scenario, subject });
  }
  const { scenario, transport } = run;
  const subject = mutant === undefined ? referenceFor(run, catalogue) : subjectOf(mutant);
  return busPlay({ ...options, scenario, subject, transport });
}

function isWorkerRun(run: BusRun | WorkerRun): run is WorkerRun {
  return run.transport === 'pipe';
}
