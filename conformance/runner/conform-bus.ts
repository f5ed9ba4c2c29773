import type { BusSubject, Transport } from '../../schemas/generated/bus-subject.ts';
import type { AdapterName } from '../adapter/adapter-front.ts';
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
  /** The adapter through which the subject is reached; undefined: none. */
  readonly via: AdapterName | undefined;
}

/** Runs the suite against a bus and tells what came of it; resolves with the exit code. */
export function conformBus(options: BusRunOptions): Promise<number> {
  const { subject, timeScale, transports, hasAllTransports, via } = options;
  const catalogue = readCatalogue();
  const capabilities: readonly string[] = subject.capabilities ?? [];
  return conformRun<BusScenario, Transport>(options, {
    kind: 'bus',
    via,
    identity: () => subjectIdentity(subject),
    capabilities,
    scenarios: busScenarios,
    transports,
    hasAllTransports,
    preflight: (used, context) => preflight({ subject, via, transports: used, ...context }),
    play: ({ scenario, transport }, attempt) =>
      busPlay({ scenario, subject, transport, via, timeScale, ...attempt }),
    inapplicable({ requirements, onlyDirectly }) {
      const needed = requirements.map((id) => catalogue.find(id)?.capability);
      const missing = needed.find((name) => name !== undefined && !capabilities.includes(name));
      if (missing !== undefined) return `the subject does not declare the capability ${missing}`;
      return via === undefined ? undefined : onlyDirectly;
    },
  });
}
