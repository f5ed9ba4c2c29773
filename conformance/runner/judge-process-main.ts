/** The process of `judge-process.ts`: it ends with the one that it judges for. */
import { allScenarios } from '../scenarios/index.ts';
import type { JudgeAnswer, JudgeQuestion } from './judge-process.ts';
import { judgementOf } from './judgement.ts';

process.on('message', ({ number, scenarioId, records }: JudgeQuestion) => {
  process.send?.(answerTo(number, scenarioId, records));
});

function answerTo(
  number: number,
  scenarioId: string,
  records: JudgeQuestion['records'],
): JudgeAnswer {
  const scenario = allScenarios.find(({ id }) => id === scenarioId);
  if (scenario === undefined) return { number, error: `there is no scenario ${scenarioId}` };
  try {
    return { number, judgement: judgementOf(scenario, records) };
  } catch (error) {
    return { number, error: (error as Error).stack ?? String(error) };
  }
}
