import type { BusSubject, Transport } from '../../schemas/generated/bus-subject.ts';
import type { StartFailure } from '../../schemas/generated/conformance-report.ts';
import type { AdapterName } from '../adapter/adapter-front.ts';
import { Scene } from '../scene/scene.ts';
import { StartFailed } from '../scene/start-failed.ts';
import type { Timings } from '../scene/timings.ts';
import type { LiveScenes } from './live-scenes.ts';

export interface PreflightOptions {
  readonly subject: BusSubject;
  readonly transports: readonly Transport[];
  /** The adapter through which it is reached; undefined: none. */
  readonly via: AdapterName | undefined;
  readonly timings: Timings;
  readonly live: LiveScenes;
}

/**
 * Starts the subject once on each transport, with one worker. Resolves with how it failed to start
 * or to answer, on the first transport where it did.
 */
export async function preflight(options: PreflightOptions): Promise<StartFailure | undefined> {
  for (const transport of options.transports) {
    const failure = await startOnce(options, transport);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

async function startOnce(
  { subject, via, timings, live }: PreflightOptions,
  transport: Transport,
): Promise<StartFailure | undefined> {
  const scenario = {
    id: 'preflight',
    title: 'The bus starts and answers',
    requirements: ['CFG-1'],
    does: 'Starts the bus.',
    drive: async () => {},
  } as const;
  const scene = new Scene({ scenario, subject, transport, via, timings, timeScale: 1, seed: '0' });
  live.add(scene);
  try {
    await scene.prepare();
    await scene.start();
    return undefined;
  } catch (error) {
    if (!(error instanceof StartFailed)) throw error;
    return startFailureFrom(error);
  } finally {
    await scene.destroy();
    live.delete(scene);
  }
}

/** How a subject failed to start, as a report has it. */
export function startFailureFrom(error: StartFailed): StartFailure {
  const { command, exitCode, signal, systemError, stderr, message } = error;
  return {
    command: [...command],
    exitCode,
    signal,
    how: message,
    ...(systemError !== undefined && { error: systemError }),
    stderr: [...stderr],
  };
}
