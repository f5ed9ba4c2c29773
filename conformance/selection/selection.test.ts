import fc from 'fast-check';
import t from 'tap';
import type { Profile } from '../../schemas/generated/requirements.ts';
import { sampleCatalogue as catalogue } from '../../testing/sample-conformance.ts';
import { nameListFromOption, textListFromOption } from './name-list.ts';
import { patternFromText } from './pattern.ts';
import {
  allTransports,
  type ScenarioSelection,
  type SelectableScenario,
  selectScenarios,
} from './selection.ts';

t.test('a pattern matches a whole id; * is any text and ? one character', async (t) => {
  const table: [pattern: string, id: string, isMatch: boolean][] = [
    ['AFF-1', 'AFF-1', true],
    ['AFF-1', 'AFF-10', false],
    ['aff-1', 'AFF-1', true],
    ['AFF-*', 'AFF-10', true],
    ['AFF-?', 'AFF-1', true],
    ['AFF-?', 'AFF-10', false],
    ['affinity/*', 'affinity/rfc', true],
    ['*/rfc', 'affinity/rfc', true],
    ['a*f*c', 'affinity/rfc', true],
    ['a*f*d', 'affinity/rfc', false],
    ['*', '', true],
    ['', '', true],
    ['', 'x', false],
    ['a.c', 'abc', false],
    ['(', '(', true],
  ];
  for (const [pattern, id, isMatch] of table) {
    t.equal(patternFromText(pattern)(id), isMatch, `${pattern} and ${id}`);
  }
});

t.test('a pattern says the same as the regular expression that it stands for', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  const id = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(text, id, (pattern, name) => {
      const expression = pattern.replaceAll('*', '.*').replaceAll('?', '.');
      return patternFromText(pattern)(name) === new RegExp(`^${expression}$`).test(name);
    }),
    { numRuns: 2000 },
  );
});

t.test('a pattern of many stars takes no long time', async (t) => {
  t.notOk(patternFromText(`${'a*'.repeat(500)}b`)('a'.repeat(5000)));
});

const scenarios: readonly SelectableScenario[] = [
  { id: 'correlation/one', requirements: ['COR-1'] },
  { id: 'affinity/rfc', requirements: ['AFF-1', 'COR-1'], transports: ['tcp', 'unix'] },
  { id: 'drain/signal', requirements: ['DRN-1'] },
];
const everything: ScenarioSelection = {
  profiles: ['core', 'lifecycle'],
  transports: allTransports,
  only: [],
  skip: [],
};
const selected = (wanted: Partial<ScenarioSelection>) =>
  selectScenarios(scenarios, { catalogue, ...everything, ...wanted }).map(
    ({ scenario, transport }) => `${scenario.id} ${transport}`,
  );

t.test('a scenario runs on each wanted transport that it has', async (t) => {
  t.equal(selected({}).length, 8);
  t.strictSame(selected({ transports: ['stdio'] }), [
    'correlation/one stdio',
    'drain/signal stdio',
  ]);
});

t.test(
  'a scenario without a part for the transport runs on the first of those wanted',
  async (t) => {
    const free: readonly SelectableScenario[] = [
      { ...(scenarios[1] as SelectableScenario), isTransportFree: true },
    ];
    const runsOn = (...transports: (typeof allTransports)[number][]) =>
      selectScenarios(free, { catalogue, ...everything, transports }).map(
        ({ transport }) => transport,
      );
    t.strictSame(runsOn('tcp', 'unix', 'stdio'), ['tcp']);
    t.strictSame(runsOn('stdio', 'unix'), ['unix'], 'one that it has');
    t.strictSame(runsOn('stdio'), []);
  },
);

t.test(
  'profile, --only and --skip narrow what runs; a requirement stands for its scenarios',
  async (t) => {
    const transports = ['tcp'] as const;
    t.strictSame(selected({ transports, profiles: ['lifecycle'] }), ['drain/signal tcp']);
    t.strictSame(selected({ transports, only: ['COR-*'] }), [
      'correlation/one tcp',
      'affinity/rfc tcp',
    ]);
    t.strictSame(selected({ transports, only: ['drain/*', 'AFF-1'] }), [
      'affinity/rfc tcp',
      'drain/signal tcp',
    ]);
    t.strictSame(selected({ transports, skip: ['cor-1'] }), ['drain/signal tcp']);
    t.strictSame(selected({ skip: ['*'] }), []);
  },
);

t.test('a pattern that matches nothing is wrong usage and names what may be meant', async (t) => {
  const table: [wanted: Partial<ScenarioSelection>, message: RegExp][] = [
    [
      { only: ['AFF-*', 'AFF-11'] },
      /^--only "AFF-11" matches no scenario .*did you mean "AFF-1"\?/,
    ],
    [{ only: ['afinity/*'] }, /did you mean "affinity\/\*"\?/],
    [{ skip: ['drain/sigal'] }, /^--skip .*did you mean "drain\/signal"\?/],
    [{ only: ['zzzzzzzzzzzzz'] }, /^--only "zzzzzzzzzzzzz" matches no (?!.*did you mean)/],
    [{ only: ['DRN-1'], profiles: ['core'] }, /^--only DRN-1 leaves no scenario of core on tcp/],
  ];
  for (const [wanted, message] of table) {
    t.throws(() => selected(wanted), { name: 'UsageError', message });
  }
});

t.test('lists of names are checked, and all is every one', async (t) => {
  const known: readonly Profile[] = ['core', 'lifecycle', 'flow'];
  t.strictSame(nameListFromOption('--profile', 'flow, core,flow', known), ['core', 'flow']);
  t.strictSame(nameListFromOption('--profile', 'all', known), known);
  t.throws(() => nameListFromOption('--profile', 'cor', known), {
    name: 'UsageError',
    message: /"core"\?/,
  });
  t.throws(() => nameListFromOption('--profile', 'all,x', known), /not "x"/);
  t.throws(() => textListFromOption('--only', 'a,,b'), /before and after each comma/);
  t.throws(() => textListFromOption('--only', ''), /--only/);
});
