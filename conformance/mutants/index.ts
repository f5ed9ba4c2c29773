import { affinityMutants } from './bus/affinity.ts';
import { configurationMutants } from './bus/configuration.ts';
import { correlationMutants } from './bus/correlation.ts';
import { drainMutants } from './bus/drain.ts';
import { extensionMutants } from './bus/extensions.ts';
import { flowMutants } from './bus/flow.ts';
import { framingMutants } from './bus/framing.ts';
import { passageMutants } from './bus/passage.ts';
import { restartMutants } from './bus/restart.ts';
import { securityMutants } from './bus/security.ts';
import { smallPrintMutants } from './bus/small-print.ts';
import { workerOutputMutants } from './bus/worker-output.ts';
import type { Mutant, MutantFacts, WorkerMutant } from './mutant.ts';
import { answerMutants } from './worker/answers.ts';
import { endingMutants } from './worker/endings.ts';
import { flowOfWorkerMutants } from './worker/flow.ts';
import { inputMutants } from './worker/input.ts';
import { processMutants } from './worker/processes.ts';
import { stdoutMutants } from './worker/stdout.ts';

/** All broken buses, in the order of the specification. */
export const busMutants: readonly Mutant[] = [
  ...framingMutants,
  ...passageMutants,
  ...correlationMutants,
  ...affinityMutants,
  ...restartMutants,
  ...workerOutputMutants,
  ...drainMutants,
  ...flowMutants,
  ...configurationMutants,
  ...securityMutants,
  ...extensionMutants,
  ...smallPrintMutants,
];

/** All broken workers, in the order of the specification. */
export const workerMutants: readonly WorkerMutant[] = [
  ...stdoutMutants,
  ...answerMutants,
  ...inputMutants,
  ...endingMutants,
  ...flowOfWorkerMutants,
  ...processMutants,
];

export const allMutants: readonly MutantFacts[] = [...busMutants, ...workerMutants];

/** Requirements that no mutant breaks, and why. */
export const unbroken: Readonly<Record<string, string>> = {};
