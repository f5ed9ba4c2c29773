import type { Failure, Judge } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { howEnded } from './endings.ts';
import { judgeOf, observed } from './facts.ts';
import { momentsOf } from './moments.ts';

export interface RefusedStartOptions {
  /** JSON pointers, one of which a line on stderr names; the text of a file's name also serves. */
  readonly places?: readonly string[];
  /** Whether a worker may have been started, as long as it is gone afterwards. */
  readonly mayStartWorkers?: boolean;
}

/**
 * The subject said on stderr what is wrong, ended with an exit code that is not 0, and no worker was
 * started, or at least none is left. CFG-2, CFG-3, CFG-5, SEC-1.
 */
export function startIsRefused(requirement: string, options: RefusedStartOptions = {}): Judge {
  const { places = [], mayStartWorkers = false } = options;
  return judgeOf(requirement, {
    floor: ({ processes, ...story }) => {
      if (observed(story as Story, 'standard-flags') === false) {
        return 'the subject does not take the standard options';
      }
      return processes.has('bus') ? undefined : 'the subject was not started';
    },
    fault: (story) =>
      !story.processes.has('bus')
        ? undefined
        : (going(story) ??
          silent(story, places) ??
          worker(story, mayStartWorkers) ??
          leftOver(story)),
  });
}

/** Whether a line names a place by its JSON pointer, and not only one within it or around it. */
export function namesPlace(line: string, pointer: string): boolean {
  for (let at = line.indexOf(pointer); at >= 0; at = line.indexOf(pointer, at + 1)) {
    const before = line[at - 1] ?? ' ';
    const after = line[at + pointer.length] ?? ' ';
    if (!/[\w~]/.test(before) && !/[\w/~-]/.test(after)) return true;
  }
  return false;
}

function going(story: Story): Failure | undefined {
  const bus = story.processes.get('bus');
  const { stopUs } = momentsOf(story);
  const hasEnded = bus?.exitedUs !== undefined && bus.exitedUs < stopUs;
  if (!hasEnded) {
    return {
      reason: 'the bus went on where it has to end',
      expected: 'its end, with an exit code that is not 0',
      seen: 'it ran',
    };
  }
  if (typeof bus.exitCode === 'number' && bus.exitCode !== 0) return undefined;
  return {
    reason: 'the bus ended otherwise than with an exit code that is not 0',
    expected: 'an exit code of 1 or more',
    seen: howEnded(bus),
  };
}

/** Nothing on stderr, or nothing that names the place. */
export function silent(story: Story, places: readonly string[]): Failure | undefined {
  const lines = story.outputs.filter(({ stream }) => stream === 'stderr').map(({ line }) => line);
  const isNamed = lines.some(
    (line) =>
      line.trim() !== '' &&
      (places.length === 0 || places.some((place) => namesPlace(line, place))),
  );
  if (isNamed) return undefined;
  return {
    reason:
      places.length === 0
        ? 'the bus did not say what is wrong'
        : 'no line on stderr names the place of the mistake',
    expected:
      places.length === 0 ? 'a line on stderr' : `a line on stderr with ${places.join(' or ')}`,
    seen: lines.length === 0 ? 'nothing on stderr' : lines.join('\n'),
  };
}

function worker(story: Story, mayStartWorkers: boolean): Failure | undefined {
  if (mayStartWorkers) return undefined;
  const isStarted =
    observed(story, 'worker-started') === true ||
    [...story.processes.keys()].some((tag) => tag !== 'bus');
  if (!isStarted) return undefined;
  return { reason: 'a worker was started in spite of the mistake', expected: 'none', seen: 'one' };
}

function leftOver(story: Story): Failure | undefined {
  const count = observed(story, 'left-processes');
  if (count === undefined || count === 0) return undefined;
  return { reason: 'workers were left after the end of the bus', expected: '0', seen: `${count}` };
}
