import { accepted, type Envelope, refused } from './byte-vector.ts';
import type { Topic } from './topic.ts';

const x: Envelope = { kind: 'request', idJson: '1', method: 'x' };

/** Pools that are refused: name, what it shows, JSON spelling. */
const unusablePools: readonly (readonly [string, string, string])[] = [
  ['empty', 'An empty pool is refused', '""'],
  ['number', 'A number is no pool', '1'],
  ['null', 'null is no pool', 'null'],
  ['false', 'false is no pool', 'false'],
  ['object', 'An object is no pool', '{}'],
];

export const pools: Topic = {
  title: 'Pools that a frame names',
  vectors: [
    ...unusablePools.map(([name, description, spelling]) =>
      refused({
        id: `AFF-7/no-pool-${name}`,
        description,
        line: `{"id":1,"method":"x","pool":${spelling}}`,
        code: -32600,
        idJson: '1',
      }),
    ),
    accepted({
      id: 'AFF-7/pool',
      description: 'A request may name its pool',
      line: '{"id":1,"method":"x","sessionId":"s1","pool":"p1"}',
      is: { ...x, sessionId: 's1', pool: 'p1' },
    }),
    accepted({
      id: 'AFF-7/pool-of-notification',
      description: 'A notification may name its pool',
      line: '{"method":"x","pool":"\\u0070 1"}',
      is: { kind: 'notification', method: 'x', pool: 'p 1' },
    }),
    refused({
      id: 'AFF-7/bad-pool-of-notification',
      description: 'A notification with a bad pool is answered, with id null',
      line: '{"method":"x","pool":5}',
      code: -32600,
      idJson: 'null',
    }),
    accepted({
      id: 'AFF-7/long-pool',
      description: 'A pool has no limit of its own on the wire',
      line: `{"id":1,"method":"x","pool":"${'p'.repeat(300)}"}`,
      is: { ...x, pool: 'p'.repeat(300) },
    }),
  ],
};
