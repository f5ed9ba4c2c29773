import t from 'tap';
import type { Clock } from '../../reference/bus/clock.ts';
import { Deadlines } from './deadlines.ts';

/** A clock that goes on when it is told to; at most one timer at a time. */
function createClock() {
  let nowMs = 0;
  const timers = new Map<() => void, number>();
  const clock: Clock = {
    nowMs: () => nowMs,
    after(delayMs, call) {
      timers.set(call, nowMs + delayMs);
      return () => void timers.delete(call);
    },
  };
  return {
    clock,
    timers: () => timers.size,
    goTo(ms: number) {
      nowMs = ms;
      for (const [call, atMs] of [...timers]) {
        if (atMs > ms || !timers.delete(call)) continue;
        call();
      }
    },
  };
}

t.test('each deadline comes at its time, with one timer for all', (t) => {
  const { clock, goTo, timers } = createClock();
  const deadlines = new Deadlines(clock, 100);
  const late: string[] = [];
  deadlines.start(() => late.push('a'));
  goTo(40);
  deadlines.start(() => late.push('b'));
  const cancelled = () => late.push('never');
  deadlines.start(cancelled);
  t.equal(timers(), 1);
  goTo(99);
  t.same(late, []);
  goTo(100);
  t.same(late, ['a']);
  deadlines.cancel(cancelled);
  goTo(139);
  t.same(late, ['a']);
  goTo(140);
  t.same(late, ['a', 'b']);
  t.equal(timers(), 0, 'nothing is left that keeps a process');
  deadlines.start(() => late.push('c'));
  goTo(240);
  t.same(late, ['a', 'b', 'c']);
  deadlines.start(() => late.push('closed'));
  deadlines.close();
  t.equal(timers(), 0);
  goTo(1000);
  t.same(late, ['a', 'b', 'c']);
  t.end();
});
