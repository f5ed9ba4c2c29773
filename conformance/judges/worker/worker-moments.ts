import type { ProcessFacts, Story } from '../../history/story.ts';

/** The moments of a worker's story. Times in microseconds; Infinity where one never came. */
export interface WorkerMoments {
  /** It was asked to end, by a signal or by the end of its stdin. */
  readonly stopUs: number;
  /** Which requirement says what it does then. */
  readonly ending: 'WRK-7' | 'WRK-8';
  /** It was told once more, or killed, or it had ended by itself: nothing is owed from then on. */
  readonly abandonedUs: number;
  readonly exitUs: number;
  /** Whether it ended though nobody had asked for it. */
  readonly isCrash: boolean;
  readonly worker: ProcessFacts | undefined;
}

export function workerMomentsOf(story: Story): WorkerMoments {
  const stdinUs = story.observations.find(({ name }) => name === 'stdin-ended')?.atUs ?? Infinity;
  const [firstUs = Infinity] = story.signals.map(({ atUs }) => atUs);
  const stopUs = Math.min(firstUs, stdinUs);
  // The end of stdin after a signal tells it nothing new.
  const secondUs = story.signals.find(({ atUs }) => atUs > stopUs)?.atUs ?? Infinity;
  const killUs = story.signals.find(({ signal }) => signal === 'SIGKILL')?.atUs ?? Infinity;
  const worker = story.processes.get('worker');
  const exitUs = worker?.exitedUs ?? Infinity;
  const isCrash = exitUs < stopUs;
  return {
    stopUs,
    ending: stdinUs <= stopUs && stdinUs < Infinity ? 'WRK-8' : 'WRK-7',
    abandonedUs: Math.min(secondUs, killUs, isCrash ? exitUs : Infinity),
    exitUs,
    isCrash,
    worker,
  };
}
