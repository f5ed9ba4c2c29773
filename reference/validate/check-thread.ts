import { parentPort, workerData } from 'node:worker_threads';
import { type Definition, Definitions } from '../../schemas/definition.ts';
import type { CheckSettings, CheckStep, Progress } from './checker.ts';
import { createInputCheck, type InputCheck } from './input-check.ts';
import { ProblemReport } from './problem-report.ts';

// The thread in which inputs are checked: a long document keeps no signal waiting.

const settings = workerData as CheckSettings;
const definitions = new Definitions();
const definition = definitions.find(settings.definition) as Definition;
const report = new ProblemReport(settings);
let check: InputCheck | undefined;

async function take(step: CheckStep): Promise<void> {
  if (step.kind === 'open') {
    check = createInputCheck({ ...settings, ...step, definitions, definition, report });
  } else if (step.kind === 'chunk') {
    const { buffer, byteOffset, byteLength } = step.bytes;
    check?.write(Buffer.from(buffer, byteOffset, byteLength));
  } else await check?.end();
}

parentPort?.on('message', async (step: CheckStep) => {
  await take(step);
  const progress: Progress = {
    text: report.take(),
    problems: report.count,
    written: report.written,
    hasEnough: check?.hasEnough ?? false,
    frames: check?.frames ?? 0,
    invalidFrames: check?.invalidFrames ?? 0,
    documents: check?.documents ?? 0,
  };
  parentPort?.postMessage(progress);
});
