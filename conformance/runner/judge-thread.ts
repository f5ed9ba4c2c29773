import { Worker } from 'node:worker_threads';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import type { BusScenario } from '../bus-scenario.ts';
import { type Judgement, judgementOf } from './judgement.ts';

/** What the thread is asked. */
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
 * Judges histories in a thread of their own: a long history takes a second, in which the scenarios
 * that run meanwhile would see nothing of what comes. To be closed at the end.
 */
export class JudgeThread {
  #worker: Worker | undefined;
  #lastNumber = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #scenarios: ReadonlySet<BusScenario>;

  /** `scenarios`: those that the thread finds by their ids; any other is judged here. */
  constructor(scenarios: readonly BusScenario[]) {
    this.#scenarios = new Set(scenarios);
  }

  judge(scenario: BusScenario, records: readonly HistoryRecord[]): Promise<Judgement> {
    if (!this.#scenarios.has(scenario)) return Promise.resolve(judgementOf(scenario, records));
    const number = ++this.#lastNumber;
    this.#worker ??= this.#start();
    const question: JudgeQuestion = { number, scenarioId: scenario.id, records };
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker?.postMessage(question);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./judge-thread-main.js', import.meta.url));
    worker.on('message', (answer: JudgeAnswer) => {
      const waiting = this.#waiting.get(answer.number);
      this.#waiting.delete(answer.number);
      if ('judgement' in answer) waiting?.resolve(answer.judgement);
      else waiting?.reject(new Error(answer.error));
    });
    worker.on('error', (error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
      this.#worker = undefined;
    });
    return worker;
  }
}
