import type { BusSubject, Transport } from '../../schemas/generated/bus-subject.ts';
import type { BusScenario } from '../bus-scenario.ts';
import { readCatalogue } from '../catalogue/catalogue.ts';
import { busScenarios } from '../scenarios/bus/index.ts';
import { subjectIdentity } from '../subject/subject-identity.ts';
import { busPlay } from './bus-play.ts';
import { conformRun, type RunOptions } from './conform-run.ts';
import { preflight } from './preflight.ts';

/** What `conform bus` was asked to do. */
export interface BusRunOptions extends RunOptions {
  readonly subject: BusSubject;
  readonly transports: readonly Transport[];
  /** Those that the subject has. */
  readonly hasAllTransports: readonly Transport[];
}

/** Runs the suite against a bus and tells what came of it; resolves with the exit code. */
export function conformBus(options: BusRunOptions): Promise<number> {
  const { subject, timeScale, transports, hasAllTransports } = options;
  const catalogue = readCatalogue();
  const capabilities: readonly string[] = subject.capabilities ?? [];
  return conformRun<BusScenario, Transport>(options, {
    kind: 'bus',
    identity: () => subjectIdentity(subject),
    capabilities,
    scenarios: busScenarios,
    transports,
    hasAllTransports,
    preflight: (used, context) => preflight({ subject, transports: used, ...context }),
    play: ({ scenario, transport }, attempt) =>
      busPlay({ scenario, subject, transport, timeScale, ...attempt }),
    inapplicable({ requirements }) {
      const needed = requirements.map((id) => catalogue.find(id)?.capability);
      const missing = needed.find((name) => name !== undefined && !capabilities.includes(name));
      return missing && `the subject does not declare the capability ${missing}`;
    },
  });
}
