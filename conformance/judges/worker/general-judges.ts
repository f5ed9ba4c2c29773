import type { Judge } from '../../finding.ts';
import { judgeWorkerAnswers } from './answers.ts';
import { judgeWorkerDeadlines } from './deadlines.ts';
import { judgeWorkerEnd } from './endings.ts';
import { judgeSessionIds } from './session-ids.ts';
import { judgeSpellings } from './spellings.ts';
import { judgeStdout } from './stdout.ts';

/** The judges that the history of every scenario for workers goes before. */
export const generalWorkerJudges: readonly Judge[] = [
  judgeStdout,
  judgeWorkerAnswers,
  judgeSessionIds,
  judgeSpellings,
  judgeWorkerEnd,
  judgeWorkerDeadlines,
];
