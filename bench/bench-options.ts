import { parseArgs } from 'node:util';
import type { Effort } from './scenarios/bench.ts';
import { argvFrom, hasPlaceholder } from './subjects/argv.ts';
import { referenceSubject, type Subject } from './subjects/subject.ts';

/** The command line is wrong; the message says what to do. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export interface BenchOptions {
  readonly isHelp: boolean;
  readonly subjects: readonly Subject[];
  readonly effort: Effort;
  readonly only: readonly string[];
  readonly jsonFile: string | undefined;
  readonly worker: 'auto' | 'c' | 'node';
}

const defaultEffort: Effort = {
  mode: 'default',
  rounds: 5,
  sampleMs: 1000,
  warmUpMs: 250,
  sessions: 1_000_000,
  pending: 100_000,
  idleConnections: 5000,
  idleMs: 5000,
};

const quickEffort: Effort = {
  mode: 'quick',
  rounds: 5,
  sampleMs: 200,
  warmUpMs: 100,
  sessions: 100_000,
  pending: 10_000,
  idleConnections: 1000,
  idleMs: 2000,
};

/** Throws UsageError. `names`: of the scenarios there are. */
export function optionsFrom(args: string[], names: readonly string[]): BenchOptions {
  const { values } = parsed(args);
  const worker = values.worker ?? 'auto';
  if (worker !== 'auto' && worker !== 'c' && worker !== 'node') {
    throw new UsageError(`--worker is auto, c or node, not "${worker}"`);
  }
  const subjects = (values.subject ?? []).map(subjectFrom);
  const taken = new Set(['relay', 'worker']);
  for (const { name } of subjects) {
    if (taken.has(name)) throw new UsageError(`the name "${name}" is taken; give another`);
    taken.add(name);
  }
  const rounds = values.rounds === undefined ? undefined : countFrom('--rounds', values.rounds);
  return {
    isHelp: values.help === true,
    subjects: subjects.length > 0 ? subjects : [referenceSubject],
    effort: { ...(values.quick ? quickEffort : defaultEffort), ...(rounds && { rounds }) },
    only: (values.only ?? []).flatMap((name) => scenariosNamed(name, names)),
    jsonFile: values.json,
    worker,
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        subject: { type: 'string', multiple: true },
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean' },
        rounds: { type: 'string' },
        worker: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s/);
    throw new UsageError(`${sentence}; --help lists the options`);
  }
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

/** The scenario of this name, or all of a group: `payload` is `payload-1k` and so on. */
function scenariosNamed(name: string, names: readonly string[]): string[] {
  const found = names.filter((one) => one === name || one.startsWith(`${name}-`));
  if (found.length > 0) return found;
  throw new UsageError(`there is no scenario "${name}"; there are ${names.join(', ')}`);
}

function countFrom(option: string, text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new UsageError(`${option} is a whole number above 0, not "${text}"`);
}
