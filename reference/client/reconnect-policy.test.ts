import t from 'tap';
import { createReconnectPolicy } from './reconnect-policy.ts';

const waits = (random: () => number, count: number) => {
  const policy = createReconnectPolicy({ minDelayMs: 100, maxDelayMs: 1000 }, random);
  return Array.from({ length: count }, () => policy.nextDelayMs());
};

t.test('waits double up to the longest, and chance takes up to half of each', async (t) => {
  t.same(
    waits(() => 0, 6),
    [50, 100, 200, 400, 500, 500],
  );
  t.same(
    waits(() => 1, 6),
    [100, 200, 400, 800, 1000, 1000],
  );
});

t.test('it gives up after so many attempts in a row', async (t) => {
  const policy = createReconnectPolicy({ maxAttempts: 2 }, () => 0);
  t.type(policy.nextDelayMs(), 'number');
  t.type(policy.nextDelayMs(), 'number');
  t.equal(policy.nextDelayMs(), undefined);
});

t.test('only a connection that lasted takes the attempts off the count', async (t) => {
  const policy = createReconnectPolicy({ minDelayMs: 100, maxDelayMs: 1000 }, () => 0);
  policy.nextDelayMs();
  policy.nextDelayMs();
  policy.lost(999);
  t.equal(policy.nextDelayMs(), 200, 'a bus that hangs up at once is called ever more slowly');
  policy.lost(1000);
  t.equal(policy.nextDelayMs(), 50);
});
