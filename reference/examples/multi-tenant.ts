import { strict as assert } from 'node:assert';
import { connect, createBus } from '../index.ts';
import { examplePool } from './example-pool.ts';
import { print } from './print.ts';

/**
 * A service with many users: five of them share three workers over TCP. Each user is a session, so all
 * that a user sends reaches the one worker that knows this user (AFF-1), after a new connection too.
 *
 *   node dist/reference/examples/multi-tenant.js
 */
const users = ['ada', 'bob', 'cleo', 'dan', 'eve'];

interface Said {
  readonly worker: number;
  /** How often this user has spoken, as far as this worker knows. */
  readonly words: number;
}

await using bus = await createBus({ pools: [examplePool('tenant-worker', 3)] });
const { url } = await bus.listen({ tcp: '127.0.0.1:0' });
print(`the bus listens on tcp://127.0.0.1, with 3 workers for ${users.length} users`);

/** One visit of a user: a connection, and three requests. */
async function visit(user: string): Promise<Said[]> {
  await using client = await connect(url);
  const texts = ['hello', 'how are you', 'goodbye'];
  return Promise.all(
    texts.map((text) => client.request<Said>('say', { text }, { sessionId: user })),
  );
}

const homes = new Map<string, number>();
for (const user of users) {
  const [first] = await visit(user);
  homes.set(user, (first as Said).worker);
}
const names = new Map([...new Set(homes.values())].map((pid, index) => [pid, `worker ${index}`]));
for (const [user, pid] of homes) print(`${user} → ${names.get(pid)}`);
assert.equal(names.size, 3, 'every worker has users');

// All at once, and over new connections: everybody comes back to the worker that remembers them.
const visits = await Promise.all(users.map(visit));
for (const [index, said] of visits.entries()) {
  const user = users[index] as string;
  for (const { worker } of said) assert.equal(worker, homes.get(user), `${user} was moved`);
  assert.deepEqual(
    said.map(({ words }) => words),
    [4, 5, 6],
    `the worker remembers ${user}`,
  );
}
print(`${users.length * 3} later requests: each reached its user's worker, in order`);
