import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Check, ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import type { ConformEvents } from '../conform-events.ts';
import { worstVerdict } from '../report/worst-verdict.ts';
import type { Scenario } from '../scenario.ts';
import type { Timings } from '../scene/timings.ts';
import type { ScenarioRun } from '../selection/selection.ts';
import type { JudgeProcess } from './judge-process.ts';
import type { LiveScenes } from './live-scenes.ts';
import { Patience } from './patience.ts';
import type { Play } from './play.ts';
import { runScenario } from './run-scenario.ts';
import { shortestFailure } from './shortest-failure.ts';

/** What a scenario's course follows from. */
export interface AttemptFacts {
  readonly seed: string;
  /** The steps of its schedule that matter. */
  readonly steps?: readonly number[];
}

/** How one attempt is made. */
export interface AttemptOptions {
  readonly timings: Timings;
  readonly seed: string;
  readonly steps?: ReadonlySet<number>;
}

export interface SuiteOptions<R extends ScenarioRun<Scenario> = ScenarioRun<Scenario>> {
  readonly runs: readonly R[];
  /** A scenario with the subject of the run. */
  readonly play: (run: R, attempt: AttemptOptions) => Play;
  /** Why a scenario does not apply to the subject, if it does not. */
  readonly inapplicable: (scenario: R['scenario']) => string | undefined;
  readonly timings: Timings;
  readonly seed: string;
  /** Scenarios at the same time. */
  readonly jobs: number;
  /** The same where the subject lets most of its deadlines pass: at least `jobs`. */
  readonly idleJobs: number;
  /** Attempts at each scenario. */
  readonly repeat: number;
  /** Whether the first failure ends the run. */
  readonly isFailFast: boolean;
  /** Where histories are kept, if they are. */
  readonly keepFolder: string | undefined;
  /** The only steps of a schedule that are carried out. */
  readonly steps: ReadonlySet<number> | undefined;
  readonly live: LiveScenes;
  readonly judges: JudgeProcess;
  readonly events: ConformEvents;
  /** The command that runs just this again. */
  readonly reproduce: (run: R, attempt: AttemptFacts) => string;
  /** Told the history of each attempt, and what came of it. */
  readonly onHistory: (run: R, records: readonly HistoryRecord[], result: ScenarioResult) => void;
  /** Ends the run early: nothing more is started. */
  readonly signal: AbortSignal;
}

/** Runs scenarios, several at a time; the results come in the order of `runs`. */
export async function runSuite<R extends ScenarioRun<Scenario>>(
  options: SuiteOptions<R>,
): Promise<ScenarioResult[]> {
  const { runs, jobs, events, isFailFast, signal } = options;
  const patience = new Patience(options.timings);
  events.onPlan(runs.length);
  const results: (ScenarioResult | undefined)[] = runs.map(() => undefined);
  const { long, others } = queues(runs, jobs);
  let isStopped = false;
  const helpers: Promise<void>[] = [];
  const work = async (queue: number[]) => {
    for (;;) {
      const index = isStopped || signal.aborted ? undefined : queue.shift();
      if (index === undefined) return;
      const run = runs[index] as R;
      const { id } = run.scenario;
      events.onStart({ id, transport: run.transport });
      const result = await runRepeatedly({ ...options, patience }, run);
      if (signal.aborted) return;
      results[index] = result;
      if (isFailFast && result.verdict === 'fail') isStopped = true;
      events.onResult(result);
      // A subject that hardly ever answers leaves the machine idle.
      if (patience.isSpent && !isFailFast && helpers.length === 0) {
        helpers.push(...Array.from({ length: options.idleJobs - jobs }, () => work(others)));
      }
    }
  };
  await Promise.all([work(long), ...Array.from({ length: jobs }, () => work(others))]);
  await Promise.all(helpers);
  return results.filter((result) => result !== undefined);
}

/** The indexes of runs: those that mostly wait go one after another beside the others. */
function queues(runs: readonly ScenarioRun<Scenario>[], jobs: number) {
  const indexes = [...runs.keys()];
  const isLong = (index: number) => jobs > 1 && runs[index]?.scenario.isLong === true;
  return { long: indexes.filter(isLong), others: indexes.filter((index) => !isLong(index)) };
}

interface PatientOptions<R extends ScenarioRun<Scenario>> extends SuiteOptions<R> {
  readonly patience: Patience;
}

async function runRepeatedly<R extends ScenarioRun<Scenario>>(
  options: PatientOptions<R>,
  run: R,
): Promise<ScenarioResult> {
  const reason = options.inapplicable(run.scenario);
  if (reason !== undefined) return notApplicable(run, reason);
  const attempts: ScenarioResult[] = [];
  for (let attempt = 1; attempt <= options.repeat && !options.signal.aborted; attempt++) {
    attempts.push(await runOnce(options, run, attempt));
  }
  return mergedAttempts(attempts);
}

async function runOnce<R extends ScenarioRun<Scenario>>(
  options: PatientOptions<R>,
  run: R,
  attempt: number,
): Promise<ScenarioResult> {
  const { patience, live, judges, keepFolder, repeat, reproduce } = options;
  const { scenario, profile } = run;
  const seed = attempt === 1 ? options.seed : `${options.seed}-${attempt}`;
  const play = (steps: ReadonlySet<number> | undefined) =>
    runScenario(options.play(run, { timings: patience.timings, seed, ...(steps && { steps }) }), {
      profile,
      live,
      judges,
    });
  const { result, records } = await play(options.steps);
  patience.note(result, records);
  options.onHistory(run, records, result);
  const isBad = result.verdict !== 'pass' && result.verdict !== 'not-applicable';
  const history = keepFolder && historyFile(run, repeat === 1 ? undefined : attempt);
  const steps =
    result.verdict === 'fail' && scenario.stepCount !== undefined && !options.signal.aborted
      ? await shortestSchedule(scenario.stepCount, options.steps, play)
      : undefined;
  if (history !== undefined) keep(join(keepFolder as string, history), records);
  return {
    ...result,
    ...(history === undefined ? {} : { history }),
    ...(isBad ? { reproduce: reproduce(run, { seed, ...(steps && { steps }) }) } : {}),
  };
}

const maxShrinkTries = 40;
const maxShrinkMs = 20_000;

/** The steps without which the schedule does not fail; undefined where that is all of them. */
async function shortestSchedule(
  stepCount: number,
  given: ReadonlySet<number> | undefined,
  play: (steps: ReadonlySet<number>) => Promise<{ readonly result: ScenarioResult }>,
): Promise<readonly number[] | undefined> {
  const all = given === undefined ? [...Array(stepCount).keys()] : [...given];
  const endMs = performance.now() + maxShrinkMs;
  const fails = async (part: readonly number[]) =>
    performance.now() < endMs && (await play(new Set(part))).result.verdict === 'fail';
  const shortest = await shortestFailure(all, fails, maxShrinkTries);
  return shortest.length === stepCount ? undefined : shortest;
}

/** Where a history is kept, relative to the folder of the report. */
function historyFile(
  { scenario, transport }: ScenarioRun<Scenario>,
  attempt: number | undefined,
): string {
  const name = scenario.id.replaceAll('/', '.');
  return join(transport, `${name}${attempt === undefined ? '' : `.${attempt}`}.ndjson`);
}

function keep(file: string, records: readonly HistoryRecord[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

function notApplicable(
  { scenario, transport, profile }: ScenarioRun<Scenario>,
  reason: string,
): ScenarioResult {
  const { id, title, requirements } = scenario;
  const verdict = 'not-applicable' as const;
  return {
    id,
    title,
    profile,
    transport,
    requirements: [...requirements],
    verdict,
    durationMs: 0,
    attempts: 1,
    checks: requirements.map((requirement): Check => ({ requirement, verdict, reason })),
  };
}

/** The worst attempt stands for all: an instability is reported, and never hidden. */
function mergedAttempts(attempts: readonly ScenarioResult[]): ScenarioResult {
  const verdicts = attempts.map(({ verdict }) => verdict);
  const worst = worstVerdict(verdicts);
  const shown = attempts.find(({ verdict }) => verdict === worst) as ScenarioResult;
  if (attempts.length === 1) return shown;
  return {
    ...shown,
    durationMs: attempts.reduce((sum, { durationMs }) => sum + durationMs, 0),
    attempts: attempts.length,
    attemptVerdicts: verdicts,
    unstable: new Set(verdicts).size > 1,
  };
}
