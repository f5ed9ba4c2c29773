import type { WorkerScenario } from '../../worker-scenario.ts';
import { badInputScenarios } from './bad-input.ts';
import { endingScenarios } from './endings.ts';
import { idScenarios } from './ids.ts';
import { independenceScenarios } from './independence.ts';
import { largeFrameScenarios } from './large-frames.ts';
import { loadScenarios } from './load.ts';
import { processEndScenarios } from './process-ends.ts';
import { processOutputScenarios } from './process-output.ts';
import { processReadScenarios } from './process-reads.ts';
import { processRetentionScenarios } from './process-retention.ts';
import { processStartScenarios } from './process-starts.ts';
import { processWriteScenarios } from './process-writes.ts';
import { readingScenarios } from './reading.ts';
import { responseScenarios } from './responses.ts';
import { sessionIdScenarios } from './session-ids.ts';
import { slowReaderScenarios } from './slow-reader.ts';
import { stdoutScenarios } from './stdout.ts';

/** All scenarios for workers, in the order of the specification. */
export const workerScenarios: readonly WorkerScenario[] = [
  ...stdoutScenarios,
  ...responseScenarios,
  ...idScenarios,
  ...sessionIdScenarios,
  ...badInputScenarios,
  ...independenceScenarios,
  ...readingScenarios,
  ...largeFrameScenarios,
  ...loadScenarios,
  ...endingScenarios,
  ...slowReaderScenarios,
  ...processStartScenarios,
  ...processOutputScenarios,
  ...processReadScenarios,
  ...processRetentionScenarios,
  ...processWriteScenarios,
  ...processEndScenarios,
];
