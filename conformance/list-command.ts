import { type Command, exitCodes, parsedArgs, UsageError } from '../command.ts';
import { Profile } from '../schemas/generated/requirements.ts';
import { readCatalogue } from './catalogue/catalogue.ts';
import type { Scenario } from './scenario.ts';
import { nameListFromOption, textListFromOption } from './selection/name-list.ts';
import { allTransports, profileOf, selectScenarios } from './selection/selection.ts';

const help = `Lists the scenarios that the conformance suite runs against a bus or a worker, by profile.

Usage: stdio-bus-kit conform list [OPTION …]

Options:
  --profile NAMES   only of these profiles, divided by commas: core, lifecycle, flow, config,
                    security, extensions, worker, process; default: all
  --only PATTERNS   only those whose id, or a requirement they check, matches one of these patterns,
                    divided by commas; * is any text, ? one character
  --json            print one JSON array of {id, title, does, profile, requirements, transports}
  -h, --help        print this

Examples:
  stdio-bus-kit conform list
  stdio-bus-kit conform list --profile core,flow
  stdio-bus-kit conform list --profile worker
  stdio-bus-kit conform list --only 'AFF-*'
  stdio-bus-kit conform list --json | jq -r '.[].id'

Exit codes: 0 listed, 64 wrong usage, 74 the output cannot be written.
`;

/** The command \`conform list\`. */
export const listCommand: Command = {
  help,
  run: async (args) => {
    const { positionals, values } = parsedArgs('conform list', {
      args,
      options: {
        profile: { type: 'string', default: 'all' },
        only: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    if (positionals.length > 0) {
      throw new UsageError(`conform list: "${positionals[0]}" is too much`);
    }
    const { allScenarios } = await import('./scenarios/index.ts');
    const scenarios = listedScenarios(allScenarios, values);
    process.stdout.write(
      values.json ? `${JSON.stringify(scenarios, null, 2)}\n` : listing(scenarios),
    );
    return exitCodes.ok;
  },
};

interface ListedScenario {
  readonly id: string;
  readonly title: string;
  readonly does: string;
  readonly profile: Profile;
  readonly requirements: readonly string[];
  readonly transports: readonly string[];
  /** Whether it runs on the first of several transports alone. */
  readonly isTransportFree: boolean;
}

function listedScenarios(
  scenarios: readonly Scenario[],
  { profile, only }: { readonly profile: string; readonly only: string | undefined },
): ListedScenario[] {
  const catalogue = readCatalogue();
  const inUse = Profile.enum.filter((name) =>
    scenarios.some((scenario) => profileOf(scenario, catalogue) === name),
  );
  const profiles = nameListFromOption('--profile', profile, inUse);
  const runs = selectScenarios(scenarios, {
    catalogue,
    profiles,
    transports: [...allTransports, 'pipe'] as const,
    only: only === undefined ? [] : textListFromOption('--only', only),
    skip: [],
  });
  const chosen = new Set(runs.map(({ scenario }) => scenario));
  const listed = [...chosen].map((scenario) => {
    const { id, title, does, requirements, transports = allTransports } = scenario;
    const { isTransportFree = false } = scenario;
    const profile = profileOf(scenario, catalogue);
    return { id, title, does, profile, requirements, transports, isTransportFree };
  });
  return profiles.flatMap((name) => listed.filter((scenario) => scenario.profile === name));
}

function listing(scenarios: readonly ListedScenario[]): string {
  const idWidth = Math.max(...scenarios.map(({ id }) => id.length));
  const profiles = [...new Set(scenarios.map(({ profile }) => profile))];
  const sections = profiles.map((profile) => {
    const own = scenarios.filter((scenario) => scenario.profile === profile);
    const lines = own.map(({ id, title, requirements, transports, isTransportFree }) => {
      const isAnywhere = transports.length === allTransports.length || transports[0] === 'pipe';
      const restriction = isTransportFree ? 'once' : isAnywhere ? undefined : transports.join(', ');
      const where = restriction === undefined ? '' : ` (${restriction})`;
      return `  ${id.padEnd(idWidth)}  ${title} [${requirements.join(', ')}]${where}\n`;
    });
    return `${profile}: ${own.length}\n${lines.join('')}`;
  });
  return sections.join('\n');
}
