import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { printable, UsageError } from '../../command.ts';
import { thisMachine } from '../../machine.ts';
import type {
  ConformanceReport,
  ScenarioResult,
  StartFailure,
} from '../../schemas/generated/conformance-report.ts';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import type { Profile } from '../../schemas/generated/requirements.ts';
import type { BaselineFile } from '../baseline/baseline-file.ts';
import { fullRunNeeded } from '../baseline/updated-baseline.ts';
import { type Catalogue, readCatalogue } from '../catalogue/catalogue.ts';
import { exitCodeFromVerdict } from '../exit-code.ts';
import { HarnessError } from '../harness-error.ts';
import { timelineOf } from '../history/timeline.ts';
import { createProgress } from '../report/progress.ts';
import {
  checkReportDestinations,
  isToStandardOutput,
  type ReportDestination,
} from '../report/report-destination.ts';
import { reportFromResults } from '../report/report-from-results.ts';
import { writeReports } from '../report/report-writer.ts';
import { terminalTextFromReport } from '../report/terminal-text.ts';
import { HistoryAlbum } from '../report-html/history-album.ts';
import type { Scenario, SceneTransport } from '../scenario.ts';
import { type Timings, timingsFrom } from '../scene/timings.ts';
import { type ScenarioRun, selectScenarios } from '../selection/selection.ts';
import { SetUpProblem, systemReason } from '../set-up-problem.ts';
import { calibrate } from './calibrate.ts';
import { startCaretaker } from './caretaker.ts';
import { Interruption, interrupted } from './interruption.ts';
import { JudgeProcess } from './judge-process.ts';
import type { LiveScenes } from './live-scenes.ts';
import type { Play } from './play.ts';
import { reproduceCommand, type SubjectWords } from './reproduce-command.ts';
import {
  type BaselineOptions,
  baselineFrom,
  updateBaseline,
  writtenBaseline,
} from './run-baseline.ts';
import { type AttemptOptions, runSuite } from './run-suite.ts';

/** What `conform bus` and `conform worker` may be asked to do alike. */
export interface RunOptions extends BaselineOptions {
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
  readonly destinations: readonly ReportDestination[];
  readonly keepFolder: string | undefined;
  /** The only steps of a schedule that are carried out. */
  readonly steps: ReadonlySet<number> | undefined;
  readonly traced: string | undefined;
}

/** What differs between the kinds of subjects. */
export interface RunSubject<S extends Scenario, T extends SceneTransport> {
  readonly kind: ConformanceReport['kind'];
  /** The adapter through which it is reached, where there is one. */
  readonly via?: ConformanceReport['via'];
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
  const hasPage = destinations.some(({ format }) => format === 'html');
  const album = hasPage ? new HistoryAlbum() : undefined;
  const outcome = await drive(options, { subject, runs, interruption, album });
  if (outcome === undefined) return interrupted(interruption);
  const facts = subject.facts?.() ?? {};
  const report = reportFromResults({
    kind: subject.kind,
    ...outcome,
    catalogue,
    subject: subject.identity(),
    ...(subject.via && { via: subject.via }),
    capabilities: [...subject.capabilities],
    machine: thisMachine(),
    seed: options.seed,
    startedAt,
    durationMs: Math.round(performance.now() - startedMs),
    timeScale: options.timeScale,
    selection,
    ...(Object.keys(facts).length > 0 && { facts }),
    ...(baseline && { baseline }),
  });
  writeReports(report, { destinations, catalogue, album });
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
  readonly album: HistoryAlbum | undefined;
}

type Outcome = Pick<ConformanceReport, 'startFailure'> & { readonly results: ScenarioResult[] };

/** Undefined where the run was interrupted. */
async function drive<S extends Scenario, T extends SceneTransport>(
  options: RunOptions,
  { subject, runs, interruption, album }: DriveContext<S, T>,
): Promise<Outcome | undefined> {
  const { timeScale, keepFolder } = options;
  const { live, signal } = interruption;
  const timings = timingsFrom(await working(calibrate()), timeScale);
  const usedTransports = subject.transports.filter((transport) =>
    runs.some((run) => run.transport === transport),
  );
  const startFailure = await working(subject.preflight(usedTransports, { timings, live }));
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
    onHistory: ({ scenario, transport }, records, result) => {
      subject.onHistory?.(records);
      album?.add(result, records);
      if (scenario.id !== options.traced) return;
      const lines = timelineOf(records, [], records.length).map((line) => printable(line));
      process.stderr.write(`${scenario.id} on ${transport}:\n${lines.join('\n')}\n`);
    },
  });
  progress.end();
  judges.close();
  return signal.aborted ? undefined : { results };
}

async function working<T>(attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
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

function keptReport({ keepFolder }: RunOptions): ReportDestination[] {
  return keepFolder === undefined
    ? []
    : [{ format: 'json', file: join(keepFolder, 'report.json') }];
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
