/** The thread of `judge-thread.ts`. */
import { parentPort } from 'node:worker_threads';
import { busScenarios } from '../scenarios/bus/index.ts';
import type { JudgeAnswer, JudgeQuestion } from './judge-thread.ts';
import { judgementOf } from './judgement.ts';

parentPort?.on('message', ({ number, scenarioId, records }: JudgeQuestion) => {
  parentPort?.postMessage(answerTo(number, scenarioId, records));
});

function answerTo(
  number: number,
  scenarioId: string,
  records: JudgeQuestion['records'],
): JudgeAnswer {
  const scenario = busScenarios.find(({ id }) => id === scenarioId);
  if (scenario === undefined) return { number, error: `there is no scenario ${scenarioId}` };
  try {
    return { number, judgement: judgementOf(scenario, records) };
  } catch (error) {
    return { number, error: (error as Error).stack ?? String(error) };
  }
}
