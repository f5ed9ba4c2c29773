import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { parsed, UsageError } from '../command.ts';
import { nearestName } from '../schemas/nearest-name.ts';
import { type Effort, efforts } from './questions/effort.ts';
import { type ReportFile, reportFilesFrom } from './report/report-files.ts';
import { argvFrom, hasPlaceholder } from './subjects/argv.ts';
import { referenceSubject, type Subject } from './subjects/subject.ts';

export interface BenchOptions {
  readonly subjects: readonly Subject[];
  readonly effort: Effort;
  /** Names of questions; all where it is empty. */
  readonly only: readonly string[];
  readonly files: readonly ReportFile[];
  readonly worker: 'auto' | 'c' | 'node';
  readonly p99BoundUs: number;
  readonly seed: string;
  readonly hasGate: boolean;
}

const defaultP99Ms = 5;

/** Throws UsageError. `names`: of the questions there are. */
export function optionsFrom(args: string[], names: readonly string[]): BenchOptions {
  const { values } = parsed(() =>
    parseArgs({
      args,
      options: {
        subject: { type: 'string', multiple: true },
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        full: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        p99: { type: 'string' },
        worker: { type: 'string', default: 'auto' },
        seed: { type: 'string', default: String(randomInt(10_000_000, 100_000_000)) },
        'no-gate': { type: 'boolean', default: false },
        report: { type: 'string' },
      },
    }),
  );
  const { worker, seed } = values;
  if (worker !== 'auto' && worker !== 'c' && worker !== 'node') {
    throw new UsageError(`--worker is auto, c or node, not "${worker}"`);
  }
  if (!/^[0-9A-Za-z_-]{1,64}$/.test(seed)) {
    throw new UsageError(`--seed is 1 to 64 letters, digits, - and _, not "${seed}"`);
  }
  if (values.quick && values.full) throw new UsageError('--quick or --full, not both');
  const effort = efforts[values.quick ? 'quick' : values.full ? 'full' : 'default'];
  const rounds = values.rounds === undefined ? {} : { rounds: roundsFrom(values.rounds) };
  return {
    subjects: subjectsFrom(values.subject ?? []),
    effort: { ...effort, ...rounds },
    only: (values.only ?? []).flatMap((list) => questionsFrom(list, names)),
    files: values.report === undefined ? [] : reportFilesFrom(values.report),
    worker,
    p99BoundUs: values.p99 === undefined ? defaultP99Ms * 1000 : boundFrom(values.p99),
    seed,
    hasGate: !values['no-gate'],
  };
}

function subjectsFrom(texts: readonly string[]): Subject[] {
  const subjects = texts.map(subjectFrom);
  const taken = new Set(['relay', 'worker']);
  for (const { name } of subjects) {
    if (taken.has(name)) throw new UsageError(`the name "${name}" is taken; give another`);
    taken.add(name);
  }
  return subjects.length > 0 ? subjects : [referenceSubject];
}

function subjectFrom(text: string): Subject {
  const [, name, command] = /^([^=\s]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || command === undefined) {
    throw new UsageError(`--subject is NAME=COMMAND, as in 'theirs=./their_bus', not "${text}"`);
  }
  const argv = argvFrom(command);
  if (argv.length === 0) throw new UsageError(`--subject ${name} has no command`);
  const isPlaced = hasPlaceholder(argv, 'config');
  if (isPlaced && !hasPlaceholder(argv, 'port') && !hasPlaceholder(argv, 'socket')) {
    throw new UsageError(`--subject ${name} has {config} but neither {port} nor {socket}`);
  }
  return { name, role: 'subject', argv };
}

function questionsFrom(list: string, names: readonly string[]): string[] {
  return list.split(',').map((name) => {
    if (names.includes(name)) return name;
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? '' : `did you mean "${nearest}"? `;
    throw new UsageError(`there is no question "${name}"; ${hint}there are ${names.join(', ')}`);
  });
}

function roundsFrom(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new UsageError(`--rounds is a whole number above 0, not "${text}"`);
}

function boundFrom(text: string): number {
  const ms = Number(text);
  if (ms > 0 && Number.isFinite(ms)) return ms * 1000;
  throw new UsageError(`--p99 is a time in milliseconds above 0, not "${text}"`);
}
