import type { WorkerSubject } from '../../schemas/generated/worker-subject.ts';
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
  /** Whether it knows methods when it is spoken to like this. */
  readonly isServing: boolean;
  /** What was found, in words. */
  readonly summary: string;
}

/** Requests that many workers know and answer at once. */
const usualRequests = [
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
    const isAnsweredAlike = await hasDialect(scene);
    if (!isAnsweredAlike || isRefusedHandshake(scene)) {
      return { subject, isServing: false, failure: otherDialect(subject, scene), summary: way };
    }
    const quick = await firstKnown(scene);
    if (quick === undefined) {
      const summary = `${way}; no request is known yet that it answers with a result`;
      return { subject, isServing: false, summary };
    }
    const summary = `${way}; it answers ${quick.method}`;
    return { subject: { ...subject, probes: { quick: { ...quick } } }, isServing: true, summary };
  } catch (error) {
    if (!(error instanceof StartFailed)) throw error;
    return { subject, isServing: false, failure: error, summary: way };
  } finally {
    await scene.destroy();
    live.delete(scene);
  }
}

/** Whether all that it wrote is of the dialect. */
async function hasDialect({ dialect, pipes }: WorkerScene): Promise<boolean> {
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

function otherDialect({ command }: WorkerSubject, { dialect }: WorkerScene): StartFailed {
  const facts = { command, exitCode: null, signal: null, stderr: [] };
  return new StartFailed(`it runs, but does not speak the dialect ${dialect}`, facts);
}
