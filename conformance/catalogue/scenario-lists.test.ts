import { readFileSync } from 'node:fs';
import t from 'tap';
import { busScenarios } from '../scenarios/bus/index.ts';
import { allScenarios } from '../scenarios/index.ts';
import { workerScenarios } from '../scenarios/worker/index.ts';
import { readCatalogue, specificationFolder } from './catalogue.ts';
import { textWithScenarioLists } from './scenario-lists.ts';

const sample = `requirements:

  - id: AFF-1
    level: MUST
    scenarios: []

  - id: AFF-2
    level: SHOULD
    scenarios: [old/one,
      old/two]
    excluded: "no"
`;

t.test(
  'each requirement is given the scenarios that check it, and nothing else changes',
  async (t) => {
    const scenarios = [
      { id: 'a/one', requirements: ['AFF-2', 'AFF-1'] as const },
      { id: 'a/two', requirements: ['AFF-2'] as const },
    ];
    const filled = textWithScenarioLists(sample, scenarios);
    t.equal(filled, sample.replace('[]', '[a/one]').replace(/\[old[^\]]*\]/, '[a/one, a/two]'));
    t.equal(textWithScenarioLists(filled, scenarios), filled);
    const many = Array.from({ length: 20 }, (_, index) => ({
      id: `a-chapter/scenario-${index}`,
      requirements: ['AFF-1'] as const,
    }));
    const long = textWithScenarioLists(sample, many);
    t.ok(long.split('\n').every((line) => line.length <= 100));
    t.equal(textWithScenarioLists(long, []), textWithScenarioLists(sample, []));
    const unknown = [{ id: 'a/b', requirements: ['AFF-3'] as const }];
    t.throws(
      () => textWithScenarioLists(sample, unknown),
      /AFF-3, which requirements\.yaml does not/,
    );
  },
);

t.test('the catalogue names the scenarios of the suite', async (t) => {
  const text = readFileSync(new URL('requirements.yaml', specificationFolder), 'utf8');
  t.ok(textWithScenarioLists(text, allScenarios) === text, 'npm run generate');
  const ids = allScenarios.map(({ id }) => id);
  t.equal(new Set(ids).size, ids.length, 'no id stands twice');
});

t.test(
  'every MUST and SHOULD for a bus has a scenario, or a reason why none can check it',
  async (t) => {
    for (const { id, excluded, level, scenarios = [] } of readCatalogue().of('bus')) {
      if (level === 'MAY') continue;
      t.ok(scenarios.length > 0 !== (excluded !== undefined), id);
    }
  },
);

t.test('the suite has at least 120 scenarios on each transport', async (t) => {
  for (const transport of ['tcp', 'unix', 'stdio'] as const) {
    const own = busScenarios.filter(({ transports }) => transports?.includes(transport) ?? true);
    t.ok(own.length >= 120, `${own.length} on ${transport}`);
  }
});

t.test('every requirement of the worker contract has a scenario', async (t) => {
  for (const { id, scenarios = [] } of readCatalogue().of('worker')) {
    if (id.startsWith('WRK-')) t.ok(scenarios.length > 0, id);
  }
  t.ok(workerScenarios.length >= 45, `${workerScenarios.length} scenarios for workers`);
});
