import type { Scenario } from '../scenario.ts';
import { busScenarios } from './bus/index.ts';
import { workerScenarios } from './worker/index.ts';

/** All scenarios of the suite, those for buses first. */
export const allScenarios: readonly Scenario[] = [...busScenarios, ...workerScenarios];
