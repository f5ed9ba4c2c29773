import type { WorkerSubject } from '../../schemas/generated/worker-subject.ts';
import { shortened } from '../finding.ts';
import type { LiveScenes } from '../runner/live-scenes.ts';
import { StartFailed } from '../scene/start-failed.ts';
import type { Timings } from '../scene/timings.ts';
import { WorkerScene } from '../worker-scene/worker-scene.ts';

/** What came of one way to speak to a worker. */
export interface Trial {
  /** The manifest that stands for this way, with the requests that were seen to work. */
  readonly subject: WorkerSubject;
  /** How it failed to answer. */
  readonly failure?: StartFailed;
  /** Whether no other way would do better. */
  readonly isHopeless?: boolean;
  /** Whether it knows methods when it is spoken to like this. */
  readonly isServing: boolean;
  /** What was found, in words. */
  readonly summary: string;
}

/** Who knows it runs commands: the process profile. There is no such process, so that nothing ends. */
const ofProcesses = { method: 'process/terminate', params: { processId: 'nobody' } } as const;

/** Requests that many workers know and answer at once. */
const usualRequests = [
  ofProcesses,
  { method: 'ping', params: {} },
  { method: 'tools/list', params: {} },
  { method: 'model/list', params: {} },
  { method: 'echo', params: { text: 'hello' } },
] as const;

/** Starts a worker and asks it what many workers know. */
export async function tryWorker(
  subject: WorkerSubject,
  { live, timings }: { readonly live: LiveScenes; readonly timings: Timings },
): Promise<Trial> {
  const scenario = { id: 'init' };
  const scene = new WorkerScene({ scenario, subject, timings, timeScale: 1, seed: '0' });
  live.add(scene);
  const { dialect = 'jsonrpc', handshake } = subject;
  const way = `the dialect ${dialect}${handshake === undefined ? '' : `, with a handshake per ${handshake.per}`}`;
  try {
    await scene.start();
    const spoiled = spoiledStdout(scene);
    if (spoiled !== undefined) {
      return { subject, isServing: false, isHopeless: true, failure: spoiled, summary: way };
    }
    if (!hasDialect(scene) || isRefusedHandshake(scene)) {
      const failure = unusable(scene, `it runs, but does not speak the dialect ${dialect}`);
      return { subject, isServing: false, failure, summary: way };
    }
    const quick = await firstKnown(scene);
    if (quick === undefined) {
      const summary = `${way}; no request is known yet that it answers with a result`;
      return { subject, isServing: false, summary };
    }
    const { method, params } = quick;
    const claims: Pick<WorkerSubject, 'profiles'> =
      quick === ofProcesses ? { profiles: ['worker', 'process'] } : {};
    return {
      subject: { ...subject, ...claims, probes: { quick: { method, params } } },
      isServing: true,
      summary: `${way}; it answers ${method}`,
    };
  } catch (error) {
    if (!(error instanceof StartFailed)) throw error;
    return { subject, isServing: false, failure: error, summary: way };
  } finally {
    await scene.destroy();
    live.delete(scene);
  }
}

/** A line on stdout that is no frame in any dialect: a banner, a log. */
function spoiledStdout(scene: WorkerScene): StartFailed | undefined {
  const line = scene.pipes.received.find(({ code }) => code === -32700)?.bytes.toString();
  if (line === undefined) return undefined;
  const how = `it wrote a line on stdout that is no frame (logs go to stderr, WRK-1): ${shortened(line, 100)}`;
  return unusable(scene, how);
}

/** Whether all that it wrote is of the dialect. */
function hasDialect({ dialect, pipes }: WorkerScene): boolean {
  return pipes.received.every(({ bytes }) => {
    const hasVersion = bytes.includes('"jsonrpc"');
    return hasVersion === (dialect === 'jsonrpc');
  });
}

/** Whether the handshake, where there is one, was answered with an error. */
function isRefusedHandshake({ calls, pipes }: WorkerScene): boolean {
  const [first] = calls;
  if (first === undefined || !first.line.includes('"initialize"')) return false;
  return pipes.received.some(({ idJson, isError }) => idJson === first.idJson && isError);
}

async function firstKnown(scene: WorkerScene) {
  const session = await scene.session();
  for (const usual of usualRequests) {
    const call = scene.request({ session, ...usual });
    const response = await call.response().catch(() => undefined);
    if (response !== undefined && !response.isError) return usual;
  }
  return undefined;
}

function unusable({ subject }: WorkerScene, how: string): StartFailed {
  const { argv: command = [], stderr = [] } = subject ?? {};
  return new StartFailed(how, { command, exitCode: null, signal: null, stderr: stderr.slice(-10) });
}
