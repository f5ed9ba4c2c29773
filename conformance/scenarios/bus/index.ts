import type { BusScenario } from '../../bus-scenario.ts';
import { affinityScenarios } from './affinity.ts';
import { badCommandScenarios } from './bad-command.ts';
import { badConfigurationScenarios } from './bad-configuration.ts';
import { badLineScenarios } from './bad-lines.ts';
import { busErrorScenarios } from './bus-errors.ts';
import { byteVectorScenarios } from './byte-vectors.ts';
import { chaosScenarios } from './chaos.ts';
import { commandLineScenarios } from './command-line.ts';
import { configurationScenarios } from './configuration.ts';
import { correlationScenarios } from './correlation.ts';
import { delayScenarios } from './delays.ts';
import { departureScenarios } from './departures.ts';
import { descriptorScenarios } from './descriptors.ts';
import { drainScenarios } from './drain.ts';
import { leftoverScenarios } from './drain-leftovers.ts';
import { drainLimitScenarios } from './drain-limits.ts';
import { drainTrafficScenarios } from './drain-traffic.ts';
import { drainWorkerScenarios } from './drain-workers.ts';
import { extensionScenarios } from './extensions.ts';
import { flowScenarios } from './flow.ts';
import { framingScenarios } from './framing.ts';
import { framingLimitScenarios } from './framing-limits.ts';
import { halfFrameScenarios } from './half-frames.ts';
import { helloScenarios } from './hello.ts';
import { inputFloodScenarios } from './input-floods.ts';
import { listeningScenarios } from './listening.ts';
import { lostSessionScenarios } from './lost-sessions.ts';
import { ownerScenarios } from './owners.ts';
import { poolStartScenarios } from './pool-start.ts';
import { restartPolicyScenarios } from './restart-policy.ts';
import { restartWaitScenarios } from './restart-waits.ts';
import { routingScenarios } from './routing.ts';
import { securityScenarios } from './security.ts';
import { sessionFieldScenarios } from './session-field.ts';
import { sessionIdLineScenarios } from './session-id-lines.ts';
import { sessionLostScenarios } from './session-lost.ts';
import { sessionScenarios } from './sessions.ts';
import { spellingScenarios } from './spellings.ts';
import { statsScenarios } from './stats.ts';
import { stdinEndScenarios } from './stdin-end.ts';
import { unansweredQuestionScenarios } from './unanswered-questions.ts';
import { unmatchedResponseScenarios } from './unmatched-responses.ts';
import { workerLossScenarios } from './worker-loss.ts';
import { workerOutputScenarios } from './worker-output.ts';
import { workerRequestScenarios } from './worker-requests.ts';

/** All scenarios for buses, in the order of the specification. */
export const busScenarios: readonly BusScenario[] = [
  ...framingScenarios,
  ...badLineScenarios,
  ...byteVectorScenarios,
  ...framingLimitScenarios,
  ...spellingScenarios,
  ...sessionIdLineScenarios,
  ...routingScenarios,
  ...correlationScenarios,
  ...unmatchedResponseScenarios,
  ...departureScenarios,
  ...workerRequestScenarios,
  ...unansweredQuestionScenarios,
  ...affinityScenarios,
  ...sessionScenarios,
  ...ownerScenarios,
  ...workerLossScenarios,
  ...lostSessionScenarios,
  ...halfFrameScenarios,
  ...restartPolicyScenarios,
  ...restartWaitScenarios,
  ...workerOutputScenarios,
  ...drainScenarios,
  ...drainTrafficScenarios,
  ...drainWorkerScenarios,
  ...stdinEndScenarios,
  ...drainLimitScenarios,
  ...leftoverScenarios,
  ...flowScenarios,
  ...delayScenarios,
  ...configurationScenarios,
  ...poolStartScenarios,
  ...badConfigurationScenarios,
  ...badCommandScenarios,
  ...sessionFieldScenarios,
  ...commandLineScenarios,
  ...listeningScenarios,
  ...securityScenarios,
  ...inputFloodScenarios,
  ...descriptorScenarios,
  ...helloScenarios,
  ...statsScenarios,
  ...extensionScenarios,
  ...sessionLostScenarios,
  ...busErrorScenarios,
  ...chaosScenarios,
];
