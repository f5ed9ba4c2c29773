import { fileURLToPath } from 'node:url';
import type { BusSubject } from '../../schemas/generated/bus-subject.ts';
import type { ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import type { BusScenario } from '../bus-scenario.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { JudgeProcess } from '../runner/judge-process.ts';
import type { LiveScenes } from '../runner/live-scenes.ts';
import { runScenario } from '../runner/run-scenario.ts';
import { busScenarios } from '../scenarios/bus/index.ts';
import type { Timings } from '../scene/timings.ts';
import { type ScenarioRun, selectScenarios } from '../selection/selection.ts';
import { referenceSubject } from '../subject/subject-from-args.ts';
import type { Mutant } from './mutant.ts';

export type BusRun = ScenarioRun<BusScenario>;

/** One scenario with one subject. */
export interface SubjectRun {
  /** The mutant, or undefined for the reference. */
  readonly mutant: Mutant | undefined;
  readonly run: BusRun;
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
export function runsOf(mutant: Mutant, catalogue: Catalogue, isFull: boolean): BusRun[] {
  const { scenarios, transport = 'tcp' } = mutant;
  const capabilities: readonly string[] = subjectOf(mutant).capabilities ?? [];
  return selectScenarios(busScenarios, {
    catalogue,
    profiles: busProfiles,
    transports: [transport],
    only: isFull ? [] : (scenarios ?? scenariosFor(mutant)),
    skip: [],
  }).filter(({ scenario }) =>
    scenario.requirements.every((id) => {
      const needed = catalogue.find(id)?.capability;
      return needed === undefined || capabilities.includes(needed);
    }),
  );
}

/** The scenarios that are for the requirement of a mutant, or else those that check it as well. */
function scenariosFor({ requirement }: Mutant): string[] {
  const own = busScenarios.filter(({ requirements: [first] }) => first === requirement);
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
  const judges = new JudgeProcess(busScenarios);
  let next = 0;
  const work = async () => {
    while (next < all.length && !signal.aborted) {
      const each = all[next++] as SubjectRun;
      const { mutant, run } = each;
      const { scenario, transport, profile } = run;
      const subject = mutant === undefined ? referenceFor(run, catalogue) : subjectOf(mutant);
      const scene = { scenario, subject, transport, timings, timeScale: 1, seed: '1' };
      const { result } = await runScenario(scene, { profile, live, judges });
      if (!signal.aborted) onResult(each, result);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  judges.close();
}
