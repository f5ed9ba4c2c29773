import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { printable, UsageError } from '../../command.ts';
import type { BusSubject, Transport } from '../../schemas/generated/bus-subject.ts';
import type {
  ConformanceReport,
  ScenarioResult,
} from '../../schemas/generated/conformance-report.ts';
import type { Profile } from '../../schemas/generated/requirements.ts';
import { type BaselineFile, readBaseline, writeBaseline } from '../baseline/baseline-file.ts';
import { fullRunNeeded, updatedBaseline } from '../baseline/updated-baseline.ts';
import type { BusScenario } from '../bus-scenario.ts';
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
import { busScenarios } from '../scenarios/bus/index.ts';
import { timingsFrom } from '../scene/timings.ts';
import { type ScenarioRun, selectScenarios } from '../selection/selection.ts';
import { SetUpProblem, systemReason } from '../set-up-problem.ts';
import { subjectIdentity } from '../subject/subject-identity.ts';
import { calibrate, HarnessError } from './calibrate.ts';
import { startCaretaker } from './caretaker.ts';
import { JudgeProcess } from './judge-process.ts';
import { LiveScenes } from './live-scenes.ts';
import { preflight } from './preflight.ts';
import { reproduceCommand, type SubjectWords } from './reproduce-command.ts';
import { runSuite } from './run-suite.ts';

/** What `conform bus` was asked to do. */
export interface BusRunOptions {
  readonly subject: BusSubject;
  /** How the command line named it. */
  readonly words: SubjectWords;
  readonly transports: readonly Transport[];
  /** Those that the subject has. */
  readonly hasAllTransports: readonly Transport[];
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

/** Runs the suite against a bus and tells what came of it; resolves with the exit code. */
export async function conformBus(options: BusRunOptions): Promise<number> {
  const { subject, profiles, transports, only, skip, keepFolder } = options;
  const catalogue = readCatalogue();
  const runs = selectScenarios(busScenarios, { catalogue, profiles, transports, only, skip });
  const selection = selectionFrom(options);
  if (options.isBaselineUpdated && !selection.complete) throw new UsageError(fullRunNeeded);
  const baseline = baselineFrom(options);
  const destinations = [...options.destinations, ...keptReport(options)];
  if (keepFolder !== undefined) makeFolder(keepFolder);
  checkReportDestinations([...destinations, ...writtenBaseline(options)]);

  const startedAt = new Date();
  const startedMs = performance.now();
  const interruption = new Interruption();
  startCaretaker();
  const outcome = await drive(options, { catalogue, runs, interruption });
  if (outcome === undefined) return interrupted(interruption);
  const report = reportFromResults({
    kind: 'bus',
    ...outcome,
    catalogue,
    subject: subjectIdentity(subject),
    capabilities: [...(subject.capabilities ?? [])],
    machine: machineFromSystem(),
    seed: options.seed,
    startedAt,
    durationMs: Math.round(performance.now() - startedMs),
    timeScale: options.timeScale,
    selection,
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

interface DriveContext {
  readonly catalogue: Catalogue;
  readonly runs: readonly ScenarioRun<BusScenario>[];
  readonly interruption: Interruption;
}

type Outcome = Pick<ConformanceReport, 'startFailure'> & { readonly results: ScenarioResult[] };

/** Undefined where the run was interrupted. */
async function drive(
  options: BusRunOptions,
  { catalogue, runs, interruption }: DriveContext,
): Promise<Outcome | undefined> {
  const { subject, timeScale, keepFolder } = options;
  const { live, signal } = interruption;
  const timings = timingsFrom(await calibrated(), timeScale);
  const usedTransports = options.transports.filter((transport) =>
    runs.some((run) => run.transport === transport),
  );
  const startFailure = await preflight({ subject, transports: usedTransports, timings, live });
  if (signal.aborted) return undefined;
  if (startFailure !== undefined) return { startFailure, results: [] };
  const isColoured = hasColours(process.stderr);
  const progress = createProgress(process.stderr, { isColoured });
  const judges = new JudgeProcess(busScenarios);
  const results = await runSuite({
    runs,
    judges,
    subject,
    catalogue,
    timings,
    timeScale,
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
    readonly options: BusRunOptions;
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

function baselineFrom({
  baselineFile,
  isBaselineUpdated,
}: BusRunOptions): BaselineFile | undefined {
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

function keptReport({ keepFolder }: BusRunOptions): ReportDestination[] {
  return keepFolder === undefined
    ? []
    : [{ format: 'json', file: join(keepFolder, 'report.json') }];
}

/** Whether a baseline can be written is told before the run, as for a report. */
function writtenBaseline({ baselineFile, isBaselineUpdated }: BusRunOptions): ReportDestination[] {
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

function selectionFrom(options: BusRunOptions): ConformanceReport['selection'] {
  const { profiles, transports, only, skip, repeat, hasAllTransports, hasAllProfiles } = options;
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
