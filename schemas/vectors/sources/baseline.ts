import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const entry = definition('baseline#BaselineEntry');
const baseline = definition('baseline#Baseline');

const known = { id: 'RST-3', reason: 'restart came after 0 ms' };

export const expectedFailures: Topic = {
  title: 'Baselines of expected failures',
  vectors: [
    entry.accepts('RST-3/entry', 'A known failure has an id and a reason', known),
    entry.accepts('RST-3/entry-full', 'A known failure may say where', {
      ...known,
      transport: 'tcp',
      link: 'https://example.org/issues/12',
    }),
    ...entry.needs('RST-3/entry', known, ['id', 'reason']),
    entry.refuses('RST-3/entry-empty-id', 'An id is not empty', { ...known, id: '' }),
    entry.refuses('RST-3/entry-empty-reason', 'A reason is not empty', { ...known, reason: '' }),
    entry.refuses('RST-3/entry-empty-link', 'A link is not empty', { ...known, link: '' }),
    entry.refuses('RST-3/entry-transport', 'A transport is known', { ...known, transport: 'http' }),
    ...entry.isClosed('RST-3/entry', known),
    baseline.accepts('RST-3/baseline', 'A baseline lists failures', {
      version: 1,
      failures: [known],
    }),
    baseline.accepts('RST-3/baseline-empty', 'A baseline may be empty', {
      $schema: 'baseline.schema.json',
      version: 1,
      failures: [],
    }),
    baseline.refuses('RST-3/baseline-no-version', 'A baseline has a version', { failures: [] }),
    baseline.refuses('RST-3/baseline-no-failures', 'A baseline has a list', { version: 1 }),
    baseline.refuses('RST-3/baseline-version-two', 'The version is 1', {
      version: 2,
      failures: [],
    }),
    baseline.refuses('RST-3/baseline-version-text', 'The version is a number', {
      version: '1',
      failures: [],
    }),
    baseline.refuses('RST-3/baseline-array', 'A bare list is no baseline', [known]),
    ...baseline.isClosed('RST-3/baseline', { version: 1, failures: [] }),
  ],
};
