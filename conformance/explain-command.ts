import { type Command, exitCodes, parsedArgs, UsageError } from '../command.ts';
import type { Requirement } from '../schemas/generated/requirements.ts';
import { nearestName } from '../schemas/nearest-name.ts';
import { type Catalogue, readCatalogue } from './catalogue/catalogue.ts';
import { plainProse } from './catalogue/prose.ts';
import { isForWorkers, type Scenario } from './scenario.ts';
import { allTransports } from './selection/selection.ts';

const help = `Says what a requirement asks for and why, and what the scenarios do that check it.

Usage: stdio-bus-kit conform explain ID

ID is that of a requirement (AFF-1) or of a scenario, as \`conform list\` lists them.

Options:
  -h, --help   print this

Examples:
  stdio-bus-kit conform explain AFF-1
  stdio-bus-kit conform list --only AFF-1

Exit codes: 0 explained, 64 wrong usage, 74 the output cannot be written.
`;

/** The command \`conform explain\`. */
export const explainCommand: Command = {
  help,
  run: async (args) => {
    const { positionals } = parsedArgs('conform explain', { args, options: {} });
    const [id, surplus] = positionals;
    if (id === undefined) throw new UsageError('conform explain: which ID? (such as AFF-1)');
    if (surplus !== undefined) throw new UsageError(`conform explain: "${surplus}" is too much`);
    const { allScenarios } = await import('./scenarios/index.ts');
    process.stdout.write(explanation(id, { catalogue: readCatalogue(), scenarios: allScenarios }));
    return exitCodes.ok;
  },
};

/** What is explained, and by what. */
export interface ExplanationSource {
  readonly catalogue: Catalogue;
  readonly scenarios: readonly Scenario[];
}

/** The explanation of a requirement or a scenario. Throws UsageError where there is none. */
export function explanation(id: string, source: ExplanationSource): string {
  const { catalogue, scenarios } = source;
  const requirement = catalogue.find(id.toUpperCase());
  if (requirement !== undefined) return requirementText(requirement, source);
  const scenario = scenarios.find((each) => each.id === id);
  if (scenario !== undefined) return scenarioText(scenario, catalogue);
  const known = [...catalogue.requirements, ...scenarios].map((each) => each.id);
  const nearest = nearestName(id, known);
  const hint = nearest === undefined ? '' : `did you mean "${nearest}"? `;
  throw new UsageError(
    `conform explain: there is no requirement or scenario "${id}"; ${hint}\`conform list\` lists them`,
  );
}

function requirementText(
  requirement: Requirement,
  { catalogue, scenarios }: ExplanationSource,
): string {
  const { id, level, appliesTo, title, profile, since, capability, anchor, excluded } = requirement;
  const facts = [
    `${level} for a ${appliesTo.join(' and a ')}`,
    `profile ${profile}`,
    `since version ${since}`,
    ...(capability === undefined ? [] : [`only where the capability ${capability} is declared`]),
    `spec/${anchor}`,
  ];
  const own = scenarios.filter(({ requirements }) => requirements.includes(id));
  return [
    `${id}: ${title}`,
    facts.join(' · '),
    plainProse(withoutLevel(catalogue.prose(requirement))),
    ...(excluded === undefined ? [] : [`Cannot be checked from outside: ${excluded}`]),
    ...(own.length === 0 ? [noScenario(requirement)] : ['Checked by:', ...own.map(scenarioItem)]),
    ...(own[0] === undefined ? [] : [again(id, own[0])]),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The prose begins with a line of level and roles, which stand above already. */
function withoutLevel(prose: string): string {
  return prose.replace(/^\*\*[A-Z]+\*\* · [^\n]*\n+/, '');
}

function noScenario({ appliesTo, excluded }: Requirement): string {
  if (excluded === undefined && !appliesTo.includes('bus')) {
    return 'It is none for a bus: no scenario for buses checks it.';
  }
  return 'No scenario checks it.';
}

function scenarioItem({ id, title, does, transports }: Scenario): string {
  const where = transports === undefined ? '' : ` (${transports.join(', ')})`;
  return `  ${id}${where}: ${title}\n${indented(does)}`;
}

function indented(text: string): string {
  const words = text.split(/\s+/);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 95) lines.push(`    ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}

function scenarioText(scenario: Scenario, catalogue: Catalogue): string {
  const { id, title, does, requirements, transports = allTransports } = scenario;
  const lines = requirements.map((requirement) => {
    const { level = '', title: what = '' } = catalogue.find(requirement) ?? {};
    return `  ${requirement} ${level} ${what}`;
  });
  return [
    `${id}: ${title}`,
    `on ${scenario.isTransportFree ? `the first of ` : ''}${transports.join(', ')}`,
    indented(does),
    ['Checks:', ...lines].join('\n'),
    again(id, scenario),
  ]
    .join('\n\n')
    .concat('\n');
}

function again(id: string, scenario: Scenario): string {
  const kind = isForWorkers(scenario) ? 'worker' : 'bus';
  const profile = scenario.requirements[0].startsWith('PRC-') ? ' --profile process' : '';
  return `Run just this: stdio-bus-kit conform ${kind}${profile} --only ${id} -- ./your_${kind}`;
}
