import type { Judge } from '../finding.ts';
import { judgeAffinity } from './affinity.ts';
import { judgeAnswers } from './answers.ts';
import { judgeDeadlines } from './deadlines.ts';
import { judgeEndings } from './endings.ts';
import { judgeLosses } from './losses.ts';
import { judgeOrder } from './order.ts';
import { judgeOutput } from './output.ts';
import { judgeOwnership } from './ownership.ts';
import { judgePassage } from './passage.ts';
import { judgeWorkerIds } from './worker-ids.ts';
import { judgeWorkerRequests } from './worker-requests.ts';

/** The judges that every scenario's history goes before. */
export const generalJudges: readonly Judge[] = [
  judgeAnswers,
  judgePassage,
  judgeAffinity,
  judgeOrder,
  judgeOwnership,
  judgeWorkerRequests,
  judgeLosses,
  judgeWorkerIds,
  judgeOutput,
  judgeEndings,
  judgeDeadlines,
];
