import { stepListText } from '../chaos/step-list.ts';
import { commandText } from '../report/start-failure-text.ts';
import type { Scenario } from '../scenario.ts';
import type { ScenarioRun } from '../selection/selection.ts';
import type { AttemptFacts } from './run-suite.ts';

/** How the command line named the subject. */
export interface SubjectWords {
  /** `--subject FILE` or `--capabilities NAMES`, where they were given. */
  readonly flags: readonly string[];
  /** What stands after `--`; empty for a manifest and for the reference. */
  readonly command: readonly string[];
}

/** The command that runs one attempt at one scenario again. */
export function reproduceCommand(
  { scenario, transport }: Pick<ScenarioRun<Scenario>, 'scenario' | 'transport'>,
  { seed, steps }: AttemptFacts,
  { words, timeScale }: { readonly words: SubjectWords; readonly timeScale: number },
): string {
  return commandText([
    'stdio-bus-kit',
    'conform',
    transport === 'pipe' ? 'worker' : 'bus',
    ...words.flags,
    ...(transport === 'pipe' ? [] : ['--transport', transport]),
    ...['--only', scenario.id, '--seed', seed],
    ...(steps === undefined ? [] : ['--steps', stepListText(steps)]),
    ...(timeScale === 1 ? [] : ['--time-scale', String(timeScale)]),
    ...(words.command.length === 0 ? [] : ['--', ...words.command]),
  ]);
}
