import { UsageError } from '../../command.ts';
import type { Transport } from '../../schemas/generated/bus-subject.ts';
import type { Profile } from '../../schemas/generated/requirements.ts';
import { nearestName } from '../../schemas/nearest-name.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { SceneTransport } from '../scenario.ts';
import { type Pattern, patternFromText } from './pattern.ts';

/** What is needed of a scenario to choose it. */
export interface SelectableScenario {
  readonly id: string;
  readonly requirements: readonly [string, ...string[]];
  /** Absent: every transport of a bus. */
  readonly transports?: readonly SceneTransport[];
  /** Whether it runs on the first of several transports alone. */
  readonly isTransportFree?: boolean;
}

/** Which scenarios are wanted. */
export interface ScenarioSelection<T extends SceneTransport = Transport> {
  readonly profiles: readonly Profile[];
  readonly transports: readonly T[];
  /** Patterns of which a scenario's id, or one of its requirements, matches one; none: all. */
  readonly only: readonly string[];
  /** Patterns of which it matches none. */
  readonly skip: readonly string[];
}

/** A scenario on one transport. */
export interface ScenarioRun<
  S extends SelectableScenario,
  T extends SceneTransport = SceneTransport,
> {
  readonly scenario: S;
  readonly transport: T;
  readonly profile: Profile;
}

/** The transports of a bus, in the order in which they run. */
export const allTransports: readonly Transport[] = ['tcp', 'unix', 'stdio'];

/**
 * What is to run, scenario by scenario in their order.
 * Throws UsageError where a pattern matches nothing at all, naming what may have been meant, and
 * where --only leaves nothing over.
 */
export function selectScenarios<S extends SelectableScenario, T extends SceneTransport>(
  scenarios: readonly S[],
  { catalogue, ...wanted }: ScenarioSelection<T> & { readonly catalogue: Catalogue },
): ScenarioRun<S, T>[] {
  const only = patternsFrom('--only', wanted.only, scenarios);
  const skip = patternsFrom('--skip', wanted.skip, scenarios);
  const runs: ScenarioRun<S, T>[] = [];
  for (const scenario of scenarios) {
    const profile = profileOf(scenario, catalogue);
    if (!wanted.profiles.includes(profile)) continue;
    if (only.length > 0 && !isMatched(scenario, only)) continue;
    if (isMatched(scenario, skip)) continue;
    for (const transport of transportsFor(scenario, wanted.transports)) {
      runs.push({ scenario, transport, profile });
    }
  }
  if (runs.length > 0 || only.length === 0) return runs;
  const where = `${wanted.profiles.join(', ')} on ${wanted.transports.join(', ')}`;
  throw new UsageError(`--only ${wanted.only.join(',')} leaves no scenario of ${where}`);
}

/** On which of these transports a scenario runs. */
export function transportsFor<T extends SceneTransport>(
  {
    transports = allTransports,
    isTransportFree = false,
  }: Pick<SelectableScenario, 'transports' | 'isTransportFree'>,
  wanted: readonly T[],
): T[] {
  const possible = wanted.filter((transport) => transports.includes(transport));
  return isTransportFree ? possible.slice(0, 1) : possible;
}

/** The profile of a scenario: that of the requirement which it is for. */
export function profileOf(
  { id, requirements: [first] }: SelectableScenario,
  catalogue: Catalogue,
): Profile {
  const requirement = catalogue.find(first);
  if (requirement !== undefined) return requirement.profile;
  throw new Error(`the scenario ${id} is for ${first}, which the catalogue does not have`);
}

function isMatched({ id, requirements }: SelectableScenario, patterns: readonly Pattern[]) {
  return patterns.some((matches) => matches(id) || requirements.some(matches));
}

function patternsFrom(
  option: string,
  texts: readonly string[],
  scenarios: readonly SelectableScenario[],
): Pattern[] {
  return texts.map((text) => {
    const pattern = patternFromText(text);
    if (scenarios.some((scenario) => isMatched(scenario, [pattern]))) return pattern;
    const nearest = nearestName(text, namesOf(scenarios));
    const hint = nearest === undefined ? ':' : `; did you mean "${nearest}"?`;
    throw new UsageError(
      `${option} "${text}" matches no scenario and no requirement that one checks${hint} \`conform list\` lists them`,
    );
  });
}

/** The ids, and patterns for whole chapters. */
function namesOf(scenarios: readonly SelectableScenario[]): string[] {
  const ids = scenarios.flatMap(({ id, requirements }) => [id, ...requirements]);
  const chapters = ids.map((id) => id.replace(/^([^/]+\/|[A-Z]+-).*$/, '$1*'));
  return [...new Set([...ids, ...chapters])];
}
