import type { ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import type { Profile } from '../../schemas/generated/requirements.ts';
import { howEnded } from '../judges/endings.ts';
import { StartFailed } from '../scene/start-failed.ts';
import { NotInTime } from '../scene/waiter.ts';
import type { JudgeProcess } from './judge-process.ts';
import type { LiveScenes } from './live-scenes.ts';
import type { OpenPlay, Play } from './play.ts';

export interface ScenarioRun {
  readonly result: ScenarioResult;
  readonly records: readonly HistoryRecord[];
}

export interface RunContext {
  readonly profile: Profile;
  readonly live: LiveScenes;
  readonly judges: JudgeProcess;
}

/** Runs one scenario on one transport, and judges what came of it. Never rejects. */
export async function runScenario(
  play: Play,
  { profile, live, judges }: RunContext,
): Promise<ScenarioRun> {
  const { scenario, transport } = play;
  const startedMs = performance.now();
  const facts = {
    id: scenario.id,
    title: scenario.title,
    profile,
    transport,
    requirements: [...scenario.requirements],
    attempts: 1,
  };
  let open: OpenPlay | undefined;
  try {
    open = play.open();
    const { scene } = open;
    live.add(scene);
    await scene.prepare();
    const startFailure = await perform(play, open);
    const records = scene.history.records();
    const durationMs = Math.round(performance.now() - startedMs);
    if (startFailure !== undefined) {
      return { records, result: { ...facts, durationMs, ...notStarted(play, startFailure) } };
    }
    const judgement = await judges.judge(scenario, records);
    // A scenario that hangs is the subject's fault only where something else shows it.
    const isHanging = records.some((each) => each.kind === 'deadline' && each.waitedFor === itsEnd);
    if (isHanging && judgement.verdict === 'pass')
      throw new Error(`${itsEnd} did not come in time`);
    return { records, result: { ...facts, durationMs, ...judgement, ...unaskedExit(open) } };
  } catch (error) {
    const records = open?.scene.history.records() ?? [];
    const durationMs = Math.round(performance.now() - startedMs);
    const reason = error instanceof Error ? error.message : String(error);
    const checks = scenario.requirements.map((requirement) => ({
      requirement,
      verdict: 'harness-error' as const,
      reason: `the suite failed: ${reason}`,
    }));
    const result = { ...facts, durationMs, verdict: 'harness-error' as const, checks };
    return { records, result: { ...result, error: (error as Error).stack ?? reason } };
  } finally {
    if (open !== undefined) {
      await open.scene.destroy();
      live.delete(open.scene);
    }
  }
}

const longestDriveMs = 120_000;
const itsEnd = 'the end of the scenario';

/** Each wait of a scenario has a deadline; all of them together must not hold up the whole run. */
async function driveWithinLimit({ timeScale }: Play, { scene, drive }: OpenPlay): Promise<void> {
  const limitMs = longestDriveMs * Math.max(1, timeScale);
  const driving = drive();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const limitUs = limitMs * 1000;
      scene.history.add({ kind: 'deadline', waitedFor: itsEnd, limitUs, met: false });
      reject(new NotInTime(itsEnd));
    }, limitMs);
  });
  try {
    await Promise.race([driving, late]);
  } finally {
    clearTimeout(timer);
    driving.catch(() => {});
  }
}

/** Drives the scenario and lets it come to its end; what did not come in time is in the history. */
async function perform(play: Play, open: OpenPlay): Promise<StartFailed | undefined> {
  try {
    if (!play.isLaunchedByDrive) await open.scene.start();
    await driveWithinLimit(play, open);
  } catch (error) {
    if (error instanceof StartFailed) return error;
    const isSubjects = error instanceof NotInTime || isSystemError(error);
    if (!isSubjects) throw error;
  }
  await open.scene.finish();
  return undefined;
}

/** What the system says of a connection or a process is the subject's doing. */
function isSystemError(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'connect' && ['ECONNREFUSED', 'ENOENT', 'ECONNRESET'].includes(code ?? '');
}

function notStarted(
  { scenario, notStarted: reason }: Play,
  { message, stderr }: StartFailed,
): Pick<ScenarioResult, 'verdict' | 'checks' | 'subjectExit'> {
  const checks = scenario.requirements.map((requirement) => ({
    requirement,
    verdict: 'fail' as const,
    reason,
    expected: 'one that answers',
    seen: [message, ...stderr].join('\n').slice(0, 1000),
  }));
  return { verdict: 'fail', checks, subjectExit: message };
}

function unaskedExit(open: OpenPlay): Pick<ScenarioResult, 'subjectExit'> | undefined {
  const exit = open.unaskedEnd();
  if (exit === undefined || (exit.code === 0 && exit.signal === null)) return undefined;
  return { subjectExit: howEnded({ exitCode: exit.code, signal: exit.signal }) };
}
