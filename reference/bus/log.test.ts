import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { type Log, type LogFacts, rateLimited } from './log.ts';

function createLimitedLog(perSecond: number) {
  const clock = {
    now: 0,
    advance: (byMs: number) => {
      clock.now += byMs;
    },
  };
  const lines: [level: string, facts: LogFacts, message: string][] = [];
  const write = (level: string) => (facts: LogFacts, message: string) =>
    void lines.push([level, facts, message]);
  const log: Log = { info: write('info'), warn: write('warn'), error: write('error') };
  return { clock, lines, log: rateLimited(log, () => clock.now, perSecond) };
}

t.test('a message is logged so many times a second, then told how often it was not', async (t) => {
  const { clock, lines, log } = createLimitedLog(2);
  for (let count = 1; count <= 5; count++) log.warn({ count }, 'flood');
  log.warn({ count: 1 }, 'trickle');
  clock.advance(999);
  log.warn({ count: 6 }, 'flood');
  clock.advance(1);
  log.warn({ count: 7 }, 'flood');
  log.warn({ count: 2 }, 'trickle');
  t.same(lines, [
    ['warn', { count: 1 }, 'flood'],
    ['warn', { count: 2 }, 'flood'],
    ['warn', { count: 1 }, 'trickle'],
    ['warn', { count: 7, suppressed: 4 }, 'flood'],
    ['warn', { count: 2 }, 'trickle'],
  ]);
});

t.test('the levels of a log stay what they were', async (t) => {
  const { lines, log } = createLimitedLog(10);
  log.info({}, 'a');
  log.warn({}, 'b');
  log.error({}, 'c');
  t.same(
    lines.map(([level, , message]) => level + message),
    ['infoa', 'warnb', 'errorc'],
  );
});

t.test('every message is written, or counted with the next one that is', async () => {
  const pauses = fc.array(fc.constantFrom(0, 0, 0, 100, 500, 1000, 2500), { maxLength: 60 });
  fc.assert(
    fc.property(pauses, fc.integer({ min: 1, max: 4 }), (waits, perSecond) => {
      const { clock, lines, log } = createLimitedLog(perSecond);
      for (const wait of waits) {
        clock.advance(wait);
        log.error({}, 'flood');
      }
      clock.advance(1000);
      log.error({}, 'flood');
      const suppressed = lines.map(([, facts]) => Number(facts.suppressed ?? 0));
      const told = suppressed.reduce((sum, count) => sum + count, 0);
      assert.equal(lines.length + told, waits.length + 1);
    }),
  );
});
