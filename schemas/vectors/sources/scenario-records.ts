import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const record = definition('history#ScenarioRecord');

const pool = { id: 'pool-a', instances: 3 };
const scenario = {
  seq: 0,
  atUs: 0,
  kind: 'scenario',
  scenario: 'affinity/rfc',
  transport: 'tcp',
  sessionIdField: 'sessionId',
  limits: {},
  pools: [pool],
  capabilities: ['hello'],
  timeScale: 1,
  seed: '20260105',
  deadlinesUs: { response: 1e6 },
};

/** Records that keep to the form: name, what it shows, the members that differ. */
const good: readonly (readonly [string, string, object])[] = [
  ['via-grpc', 'grpc may be in between', { via: 'grpc' }],
  ['via-ws', 'ws may be in between', { via: 'ws' }],
  ['via-http', 'http may be in between', { via: 'http' }],
  [
    'no-pools',
    'Where a worker is the subject, there are no pools',
    { transport: 'pipe', pools: [] },
  ],
  ['two-pools', 'There may be several pools', { pools: [pool, { id: 'b', instances: 1 }] }],
  [
    'pool-256',
    'The name of a pool may have 256 characters',
    { pools: [{ ...pool, id: 'p'.repeat(256) }] },
  ],
  ['no-capabilities', 'A subject may declare nothing', { capabilities: [] }],
  [
    'own-capability',
    'What is declared is not on a list',
    { capabilities: ['worker', 'of-my-own'] },
  ],
  ['time-scale-least', 'A factor of a tenth is the least', { timeScale: 0.1 }],
  ['time-scale-greatest', 'A factor of a hundred is the most', { timeScale: 100 }],
  ['seed-64', 'A seed may have 64 characters', { seed: 'aZ_-'.repeat(16) }],
  ['no-deadlines', 'There may be no deadlines', { deadlinesUs: {} }],
  ['deadline-zero', 'A deadline may be at once', { deadlinesUs: { response: 0, start: 0.5 } }],
  [
    'deadline-proto',
    '__proto__ names a deadline like any other',
    { deadlinesUs: { ['__proto__']: 1 } },
  ],
  ['limits', 'Limits are those of a configuration', { limits: { max_input_buffer: 1024 } }],
];

/** Records that do not: name, what it shows, the members that differ. */
const bad: readonly (readonly [string, string, object])[] = [
  ['via-unknown', 'The list of adapters is closed', { via: 'tcp' }],
  ['via-null', 'No adapter is no member', { via: null }],
  ['pools-null', 'Pools are a list', { pools: null }],
  ['pools-by-name', 'Pools do not go by name', { pools: { 'pool-a': 3 } }],
  ['pool-name-only', 'A pool is more than a name', { pools: ['pool-a'] }],
  ['pool-no-name', 'A pool has a name', { pools: [{ instances: 3 }] }],
  ['pool-empty-name', 'The name of a pool is not empty', { pools: [{ ...pool, id: '' }] }],
  [
    'pool-257',
    'The name of a pool has 256 characters at most',
    { pools: [{ ...pool, id: 'p'.repeat(257) }] },
  ],
  ['pool-no-instances', 'A pool has its slots', { pools: [{ id: 'pool-a' }] }],
  ['pool-zero-instances', 'A pool has one slot at least', { pools: [{ ...pool, instances: 0 }] }],
  ['pool-half-instance', 'Slots are whole', { pools: [{ ...pool, instances: 1.5 }] }],
  ['pool-unknown-member', 'A pool says no more than that', { pools: [{ ...pool, command: 'w' }] }],
  ['second-pool', 'Each pool keeps to the form', { pools: [pool, {}] }],
  ['capability-empty', 'A capability has a name', { capabilities: ['hello', ''] }],
  ['capability-number', 'A capability is a string', { capabilities: [1] }],
  ['capability-text', 'Capabilities are a list', { capabilities: 'hello' }],
  ['time-scale-below', 'A factor below a tenth is refused', { timeScale: 0.09 }],
  ['time-scale-above', 'A factor above a hundred is refused', { timeScale: 100.5 }],
  ['seed-number', 'A seed is a string', { seed: 20260105 }],
  ['seed-empty', 'A seed is not empty', { seed: '' }],
  ['seed-65', 'A seed has 64 characters at most', { seed: 's'.repeat(65) }],
  ['deadlines-list', 'Deadlines go by name', { deadlinesUs: [1e6] }],
  ['deadline-negative', 'A deadline is not negative', { deadlinesUs: { response: -1 } }],
  ['deadline-text', 'A deadline is a number', { deadlinesUs: { response: '1s' } }],
  ['deadline-null', 'A deadline is not null', { deadlinesUs: { response: null } }],
  [
    'deadline-proto-negative',
    'A deadline __proto__ is not negative either',
    { deadlinesUs: { ['__proto__']: -1 } },
  ],
  ['session-field-empty', 'A session member has a name', { sessionIdField: '' }],
  ['empty-name', 'A scenario has an id', { scenario: '' }],
  ['limit-below', 'Limits are in bounds', { limits: { max_input_buffer: 1023 } }],
  ['limit-unknown', 'Limits are those of a configuration', { limits: { colour: 1 } }],
];

export const scenarioRecords: Topic = {
  title: 'The first record of a history: what was configured and declared',
  vectors: [
    ...good.map(([name, description, members]) =>
      record.accepts(`AFF-1/scenario-record-${name}`, description, { ...scenario, ...members }),
    ),
    ...bad.map(([name, description, members]) =>
      record.refuses(`AFF-1/scenario-record-${name}`, description, { ...scenario, ...members }),
    ),
  ],
};
