import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { printable, UsageError } from '../../command.ts';
import type {
  ConformanceReport,
  ScenarioResult,
  StartFailure,
} from '../../schemas/generated/conformance-report.ts';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import type { Profile } from '../../schemas/generated/requirements.ts';
import { type BaselineFile, readBaseline, writeBaseline } from '../baseline/baseline-file.ts';
import { fullRunNeeded, updatedBaseline } from '../baseline/updated-baseline.ts';
import { type Catalogue, readCatalogue } from '../catalogue/catalogue.ts';
import { conformExitCodes, exitCodeFromVerdict } from '../exit-code.ts';
import { timelineOf } from '../history/timeline.ts';
import { machineFromSystem } from '../report/machine.ts';
import { createProgress } from '../report/progress.ts';
import {
  checkReportDestinations,
  isToStandardOutput,
  type ReportDestination,
} from '../report/report-destination.ts';
import { reportFromResults } from '../report/report-from-results.ts';
import { writeReports } from '../report/report-writer.ts';
import { terminalTextFromReport } from '../report/terminal-text.ts';
import { countOf } from '../report/verdict-sentence.ts';
import type { Scenario, SceneTransport } from '../scenario.ts';
import { type Timings, timingsFrom } from '../scene/timings.ts';
import { type ScenarioRun, selectScenarios } from '../selection/selection.ts';
import { SetUpProblem, systemReason } from '../set-up-problem.ts';
import { calibrate, HarnessError } from './calibrate.ts';
import { startCaretaker } from './caretaker.ts';
import { JudgeProcess } from './judge-process.ts';
import { LiveScenes } from './live-scenes.ts';
import type { Play } from './play.ts';
import { reproduceCommand, type SubjectWords } from './reproduce-command.ts';
import { type AttemptOptions, runSuite } from './run-suite.ts';

/** What `conform bus` and `conform worker` may be asked to do alike. */
export interface RunOptions {
  /** How the command line named the subject. */
  readonly words: SubjectWords;
  readonly profiles: readonly Profile[];
  readonly hasAllProfiles: readonly Profile[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly repeat: number;
  readonly seed: string;
  readonly jobs: number;
  /** With a subject that lets most of its deadlines pass. */
  readonly idleJobs: number;
  readonly timeScale: number;
  readonly isFailFast: boolean;
  readonly baselineFile: string | undefined;
  readonly isBaselineUpdated: boolean;
  readonly destinations: readonly ReportDestination[];
  readonly keepFolder: string | undefined;
  /** The only steps of a schedule that are carried out. */
  readonly steps: ReadonlySet<number> | undefined;
  readonly traced: string | undefined;
}

/** What differs between the kinds of subjects. */
export interface RunSubject<S extends Scenario, T extends SceneTransport> {
  readonly kind: ConformanceReport['kind'];
  readonly identity: () => ConformanceReport['subject'];
  readonly capabilities: readonly string[];
  readonly scenarios: readonly S[];
  readonly transports: readonly T[];
  /** Those that the subject has. */
  readonly hasAllTransports: readonly T[];
  /** Resolves with how the subject failed to start or to answer, if it did. */
  preflight(
    transports: readonly T[],
    context: { readonly timings: Timings; readonly live: LiveScenes },
  ): Promise<StartFailure | undefined>;
  play(run: ScenarioRun<S, T>, attempt: AttemptOptions): Play;
  /** Why a scenario does not apply to the subject, if it does not. */
  inapplicable(scenario: S): string | undefined;
  /** Told the history of each attempt. */
  onHistory?(records: readonly HistoryRecord[]): void;
  /** What was measured by the way, at the end of the run. */
  facts?(): NonNullable<ConformanceReport['facts']>;
}

/** Runs the suite against a subject and tells what came of it; resolves with the exit code. */
export async function conformRun<S extends Scenario, T extends SceneTransport>(
  options: RunOptions,
  subject: RunSubject<S, T>,
): Promise<number> {
  const { profiles, only, skip, keepFolder } = options;
  const { scenarios, transports } = subject;
  const catalogue = readCatalogue();
  const runs = selectScenarios(scenarios, { catalogue, profiles, transports, only, skip });
  const selection = selectionFrom(options, subject);
  if (options.isBaselineUpdated && !selection.complete) throw new UsageError(fullRunNeeded);
  const baseline = baselineFrom(options);
  const destinations = [...options.destinations, ...keptReport(options)];
  if (keepFolder !== undefined) makeFolder(keepFolder);
  checkReportDestinations([...destinations, ...writtenBaseline(options)]);

  const startedAt = new Date();
  const startedMs = performance.now();
  const interruption = new Interruption();
  startCaretaker();
  const outcome = await drive(options, { subject, runs, interruption });
  if (outcome === undefined) return interrupted(interruption);
  const facts = subject.facts?.() ?? {};
  const report = reportFromResults({
    kind: subject.kind,
    ...outcome,
    catalogue,
    subject: subject.identity(),
    capabilities: [...subject.capabilities],
    machine: machineFromSystem(),
    seed: options.seed,
    startedAt,
    durationMs: Math.round(performance.now() - startedMs),
    timeScale: options.timeScale,
    selection,
    ...(Object.keys(facts).length > 0 && { facts }),
    ...(baseline && { baseline }),
  });
  writeReports(report, { destinations, catalogue });
  // Where nobody reads the text to its end, this is what the process ends with.
  process.exitCode = exitCodeFromVerdict(report.verdict);
  tell(report, { options, catalogue, baseline });
  if (!options.isBaselineUpdated || options.baselineFile === undefined) {
    return exitCodeFromVerdict(report.verdict);
  }
  const before = baseline?.failures ?? [];
  return updateBaseline(report, { file: options.baselineFile, before, catalogue });
}

interface DriveContext<S extends Scenario, T extends SceneTransport> {
  readonly subject: RunSubject<S, T>;
  readonly runs: readonly ScenarioRun<S, T>[];
  readonly interruption: Interruption;
}

type Outcome = Pick<ConformanceReport, 'startFailure'> & { readonly results: ScenarioResult[] };

/** Undefined where the run was interrupted. */
async function drive<S extends Scenario, T extends SceneTransport>(
  options: RunOptions,
  { subject, runs, interruption }: DriveContext<S, T>,
): Promise<Outcome | undefined> {
  const { timeScale, keepFolder } = options;
  const { live, signal } = interruption;
  const timings = timingsFrom(await calibrated(), timeScale);
  const usedTransports = subject.transports.filter((transport) =>
    runs.some((run) => run.transport === transport),
  );
  const startFailure = await subject.preflight(usedTransports, { timings, live });
  if (signal.aborted) return undefined;
  if (startFailure !== undefined) return { startFailure, results: [] };
  const isColoured = hasColours(process.stderr);
  const progress = createProgress(process.stderr, { isColoured });
  const judges = new JudgeProcess(subject.scenarios);
  const results = await runSuite({
    runs,
    judges,
    play: (run, attempt) => subject.play(run, attempt),
    inapplicable: (scenario) => subject.inapplicable(scenario),
    timings,
    seed: options.seed,
    jobs: options.jobs,
    idleJobs: options.idleJobs,
    repeat: options.repeat,
    isFailFast: options.isFailFast,
    keepFolder,
    steps: options.steps,
    live,
    events: progress,
    signal,
    reproduce: (run, attempt) => reproduceCommand(run, attempt, options),
    onHistory: ({ scenario, transport }, records) => {
      subject.onHistory?.(records);
      if (scenario.id !== options.traced) return;
      const lines = timelineOf(records, [], records.length).map((line) => printable(line));
      process.stderr.write(`${scenario.id} on ${transport}:\n${lines.join('\n')}\n`);
    },
  });
  progress.end();
  judges.close();
  return signal.aborted ? undefined : { results };
}

async function calibrated(): Promise<number> {
  try {
    return await calibrate();
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    throw new SetUpProblem(`the suite does not work on this machine: ${error.message}`);
  }
}

function tell(
  report: ConformanceReport,
  context: {
    readonly options: RunOptions;
    readonly catalogue: Catalogue;
    readonly baseline: BaselineFile | undefined;
  },
): void {
  const { options, catalogue, baseline } = context;
  // Where a report goes to stdout, people read on stderr.
  const stream = isToStandardOutput(options.destinations) ? process.stderr : process.stdout;
  const isColoured = hasColours(stream);
  const known = baseline?.failures ?? [];
  stream.write(terminalTextFromReport(report, { catalogue, isColoured, known }));
}

function hasColours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, TERM } = process.env;
  return stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
}

function baselineFrom({ baselineFile, isBaselineUpdated }: RunOptions): BaselineFile | undefined {
  if (baselineFile === undefined) return undefined;
  // The first one is made by its first update; one with a mistake is not to be lost.
  const isFirst = isBaselineUpdated && !existsSync(baselineFile);
  return isFirst ? undefined : readBaseline(baselineFile);
}

/** Writes what failed as known; the exit code. What could not be judged is no success. */
function updateBaseline(
  report: ConformanceReport,
  { file, before, catalogue }: BaselineUpdate,
): number {
  const { verdict, startFailure } = report;
  const code = exitCodeFromVerdict(verdict);
  if (startFailure !== undefined || verdict === 'harness-error') {
    process.stderr.write(
      `${printable(file)} stays as it is: nothing can be learned from this run\n`,
    );
    return code;
  }
  const entries = updatedBaseline(report, { catalogue, before });
  writeBaseline(file, entries);
  const failures = countOf(entries.length, 'known failure');
  process.stderr.write(`wrote ${failures} to ${printable(file)}\n`);
  return verdict === 'inconclusive' ? code : conformExitCodes.conformant;
}

interface BaselineUpdate {
  readonly file: string;
  readonly before: BaselineFile['failures'];
  readonly catalogue: Catalogue;
}

function keptReport({ keepFolder }: RunOptions): ReportDestination[] {
  return keepFolder === undefined
    ? []
    : [{ format: 'json', file: join(keepFolder, 'report.json') }];
}

/** Whether a baseline can be written is told before the run, as for a report. */
function writtenBaseline({ baselineFile, isBaselineUpdated }: RunOptions): ReportDestination[] {
  if (baselineFile === undefined || !isBaselineUpdated) return [];
  return [{ format: 'json', file: baselineFile }];
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new SetUpProblem(`cannot make the folder ${printable(folder)}: ${systemReason(error)}`);
  }
}

function selectionFrom<S extends Scenario, T extends SceneTransport>(
  options: RunOptions,
  { transports, hasAllTransports }: RunSubject<S, T>,
): ConformanceReport['selection'] {
  const { profiles, only, skip, repeat, hasAllProfiles } = options;
  return {
    profiles: [...profiles],
    transports: [...transports],
    only: [...only],
    skip: [...skip],
    repeat,
    complete:
      only.length + skip.length === 0 &&
      !options.isFailFast &&
      options.steps === undefined &&
      hasAllProfiles.every((profile) => profiles.includes(profile)) &&
      hasAllTransports.every((transport) => transports.includes(transport)),
  };
}

/** Ctrl-C: nothing more is started, what runs is ended, and everything is cleaned up. */
class Interruption {
  readonly live = new LiveScenes();
  readonly #controller = new AbortController();

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(name, () => {
        this.#controller.abort();
        void this.live.destroy();
      });
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }
}

async function interrupted({ live }: Interruption): Promise<number> {
  await live.destroy();
  process.stderr.write('interrupted: no verdict\n');
  return 130;
}
