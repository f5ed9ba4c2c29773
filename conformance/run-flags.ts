import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { UsageError } from '../command.ts';
import { reportDestinationsFromOption } from './report/report-destination.ts';
import type { RunOptions } from './runner/conform-run.ts';
import { textListFromOption } from './selection/name-list.ts';

/** The options that every run of the suite has, for `parseArgs`. */
export const runFlags = {
  subject: { type: 'string' },
  only: { type: 'string' },
  skip: { type: 'string' },
  repeat: { type: 'string', default: '1' },
  seed: { type: 'string' },
  jobs: { type: 'string' },
  'time-scale': { type: 'string' },
  'fail-fast': { type: 'boolean', default: false },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean', default: false },
  report: { type: 'string' },
  keep: { type: 'string' },
  trace: { type: 'string' },
} as const;

const flagLines: readonly (readonly [flag: string, what: string])[] = [
  ['--skip PATTERNS', 'none of these'],
  ['--repeat N', 'run each scenario so often; one that ends differently is reported as unstable'],
  ['--seed TEXT', 'for everything random; default: a new one, named in the report'],
  ['--jobs N', 'scenarios at the same time; default: twice the cores'],
  ['--time-scale N', "stretches every deadline; default: 1, fitted to this machine's speed"],
  ['--fail-fast', 'stop at the first failure'],
  ['--baseline FILE', 'failures that are known; one that passes now is a failure too'],
  ['--update-baseline', 'write what failed into the baseline (only after a complete run)'],
  ['--report LIST', 'html=FILE,json=FILE,junit=FILE,tap=FILE,markdown=FILE; - is standard output'],
  ['--keep DIR', 'keep the report and every recorded history there; see conform replay'],
  ['--trace ID', 'print the whole history of this scenario on stderr'],
  ['-h, --help', 'print this'],
];

/** Their help, two spaces in; flags are so many characters wide, and PATTERNS are such as `examples`. */
export function runFlagsHelp(width: number, examples: string): string {
  const only = `only scenarios whose id, or a requirement they check, matches: ${examples}`;
  const lines = [['--only PATTERNS', only] as const, ...flagLines];
  return lines.map(([flag, what]) => `  ${flag.padEnd(width)} ${what}`).join('\n');
}

/** What `parseArgs` makes of them. */
export interface RunFlagValues {
  readonly only?: string | undefined;
  readonly skip?: string | undefined;
  readonly repeat: string;
  readonly seed?: string | undefined;
  readonly jobs?: string | undefined;
  readonly 'time-scale'?: string | undefined;
  readonly 'fail-fast': boolean;
  readonly baseline?: string | undefined;
  readonly 'update-baseline': boolean;
  readonly report?: string | undefined;
  readonly keep?: string | undefined;
  readonly trace?: string | undefined;
}

type FlaggedOptions = Omit<RunOptions, 'words' | 'profiles' | 'hasAllProfiles' | 'steps'>;

/** What these options ask for; a manifest may give some of it. Throws UsageError. */
export function runOptionsFrom(
  values: RunFlagValues,
  manifest: { readonly baseline?: string; readonly timeScale?: number },
): FlaggedOptions {
  const baselineFile = values.baseline ?? manifest.baseline;
  if (values['update-baseline'] && baselineFile === undefined) {
    throw new UsageError('--update-baseline needs --baseline FILE');
  }
  const jobs =
    values.jobs === undefined
      ? undefined
      : numberFrom('--jobs', values.jobs, { from: 1, to: 256, isWhole: true });
  return {
    only: listFrom('--only', values.only),
    skip: listFrom('--skip', values.skip),
    repeat: numberFrom('--repeat', values.repeat, { from: 1, to: 10_000, isWhole: true }),
    seed: seedFrom(values.seed),
    jobs: jobs ?? availableParallelism() * 2,
    idleJobs: jobs ?? availableParallelism() * 5,
    timeScale:
      values['time-scale'] === undefined
        ? (manifest.timeScale ?? 1)
        : numberFrom('--time-scale', values['time-scale'], { from: 0.1, to: 100 }),
    isFailFast: values['fail-fast'],
    baselineFile,
    isBaselineUpdated: values['update-baseline'],
    destinations: values.report === undefined ? [] : reportDestinationsFromOption(values.report),
    keepFolder: values.keep,
    traced: values.trace,
  };
}

function listFrom(option: string, text: string | undefined): string[] {
  return text === undefined ? [] : textListFromOption(option, text);
}

function seedFrom(text = String(randomInt(10_000_000, 100_000_000))): string {
  if (/^[0-9A-Za-z_-]{1,64}$/.test(text)) return text;
  throw new UsageError(`--seed is 1 to 64 letters, digits, - and _, not "${text}"`);
}

function numberFrom(
  option: string,
  text: string,
  { from, to, isWhole = false }: { from: number; to: number; isWhole?: boolean },
): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= from && value <= to && (!isWhole || Number.isInteger(value))) return value;
  const kind = isWhole ? 'a whole number' : 'a number';
  throw new UsageError(`${option} is ${kind} from ${from} to ${to}, not "${text}"`);
}
