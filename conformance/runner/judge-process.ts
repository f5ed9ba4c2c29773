import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import type { Scenario } from '../scenario.ts';
import { type Judgement, judgementOf } from './judgement.ts';

/** What the process is asked. */
export interface JudgeQuestion {
  readonly number: number;
  readonly scenarioId: string;
  readonly records: readonly HistoryRecord[];
}

/** What it answers: a judgement, or why there is none. */
export type JudgeAnswer =
  | { readonly number: number; readonly judgement: Judgement }
  | { readonly number: number; readonly error: string };

interface Waiting {
  resolve(judgement: Judgement): void;
  reject(error: Error): void;
}

/**
 * Judges histories in a process of their own. A long history takes a second, in which the scenarios
 * that run meanwhile would see nothing of what comes; and the memory that it takes would slow down each
 * start of a subject, because a process is copied before it becomes another. To be closed at the end.
 */
export class JudgeProcess {
  #child: ChildProcess | undefined;
  #lastNumber = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #scenarios: ReadonlySet<Scenario>;

  /** `scenarios`: those that the process finds by their ids; any other is judged here. */
  constructor(scenarios: readonly Scenario[]) {
    this.#scenarios = new Set(scenarios);
  }

  judge(scenario: Scenario, records: readonly HistoryRecord[]): Promise<Judgement> {
    if (!this.#scenarios.has(scenario)) return Promise.resolve(judgementOf(scenario, records));
    const number = ++this.#lastNumber;
    this.#child ??= this.#start();
    const child = this.#child;
    const question: JudgeQuestion = { number, scenarioId: scenario.id, records };
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      child.send(question, (error) => error && this.#lose(child, error));
    });
  }

  close(): void {
    this.#child?.disconnect();
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const script = fileURLToPath(new URL('./judge-process-main.js', import.meta.url));
    // A Ctrl-C is for the suite alone.
    const child = fork(script, { serialization: 'advanced', detached: true });
    child.on('message', (answer: JudgeAnswer) => {
      const waiting = this.#waiting.get(answer.number);
      this.#waiting.delete(answer.number);
      if ('judgement' in answer) waiting?.resolve(answer.judgement);
      else waiting?.reject(new Error(answer.error));
    });
    child.on('error', (error) => this.#lose(child, error));
    child.on('exit', (code, signal) => {
      this.#lose(child, new Error(`the process that judges ended with ${signal ?? code}`));
    });
    return child;
  }

  #lose(child: ChildProcess, error: Error): void {
    if (child !== this.#child) return;
    this.#child = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
