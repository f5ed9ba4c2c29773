import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Clock } from './clock.ts';
import { Congestion, type Pausable } from './congestion.ts';
import { Drain } from './drain.ts';
import { RestartPolicy } from './restart-policy.ts';
import type { Worker } from './worker.ts';

/** A clock that goes on only when it is told to. */
class StillClock implements Clock {
  now = 0;
  readonly #timers = new Set<{ atMs: number; call: () => void }>();

  get timers(): number {
    return this.#timers.size;
  }

  nowMs(): number {
    return this.now;
  }

  after(delayMs: number, call: () => void): () => void {
    const timer = { atMs: this.now + delayMs, call };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(byMs: number): void {
    this.now += byMs;
    for (const timer of [...this.#timers].sort((a, b) => a.atMs - b.atMs)) {
      if (timer.atMs <= this.now && this.#timers.delete(timer)) timer.call();
    }
  }
}

t.test(
  'the waits before restarts in one window are 0, 2, 4, 8, 16, 32, 60, 60 seconds',
  async (t) => {
    const policy = new RestartPolicy({ maxRestarts: 8, restartWindowMs: 86_400_000 });
    const waits = Array.from({ length: 9 }, (_, index) => {
      const wait = policy.waitAfterLoss(index);
      policy.restarted(index);
      return wait;
    });
    t.same(waits, [0, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, undefined]);
  },
);

/** Restarts that were carried out, a loss, and the wait after it; 3 restarts in 60 seconds. */
const losses: [name: string, restartedAt: number[], lostAt: number, wait: number | undefined][] = [
  ['the first loss is repaired at once', [], 1e9, 0],
  ['a restart counts to the last moment of its window', [1000], 60_999, 2000],
  ['a restart counts no longer than its window', [1000], 61_000, 0],
  ['the window slides: old restarts leave it one by one', [0, 30_000], 60_000, 2000],
  ['the limit is not passed while the window holds one restart less', [0, 1, 2], 60_000, 4000],
  ['the limit is passed while the window holds as many restarts', [0, 1, 2], 59_999, undefined],
];

for (const [name, restartedAt, lostAt, wait] of losses) {
  t.test(name, async (t) => {
    const policy = new RestartPolicy({ maxRestarts: 3, restartWindowMs: 60_000 });
    for (const at of restartedAt) policy.restarted(at);
    t.equal(policy.waitAfterLoss(lostAt), wait);
  });
}

t.test('with no restarts allowed the first loss is the end of the slot', async (t) => {
  const policy = new RestartPolicy({ maxRestarts: 0, restartWindowMs: 60_000 });
  t.equal(policy.waitAfterLoss(0), undefined);
});

t.test('a restart is judged at the loss, and counts from when it was carried out', async (t) => {
  const policy = new RestartPolicy({ maxRestarts: 9, restartWindowMs: 3000 });
  policy.restarted(0);
  t.equal(policy.waitAfterLoss(2999), 2000, 'though the window will be empty by then');
  policy.restarted(4999);
  t.equal(policy.waitAfterLoss(7998), 2000, '2999 ms after the start, 4999 ms after the loss');
});

t.test('however a worker dies, its slot keeps to the window and the waits', async () => {
  const limits = fc.record({
    maxRestarts: fc.integer({ min: 0, max: 8 }),
    restartWindowMs: fc.integer({ min: 1, max: 100_000 }),
  });
  const lives = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 30 });
  fc.assert(
    fc.property(limits, lives, ({ maxRestarts, restartWindowMs }, lifetimes) => {
      const policy = new RestartPolicy({ maxRestarts, restartWindowMs });
      const starts: number[] = [];
      let now = 0;
      for (const lifetime of lifetimes) {
        now += lifetime;
        const inWindow = starts.filter((at) => now - at < restartWindowMs).length;
        const waits = [0, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1000);
        const wait = policy.waitAfterLoss(now);
        assert.equal(wait, inWindow < maxRestarts ? waits[inWindow] : undefined);
        if (wait === undefined) return;
        now += wait;
        policy.restarted(now);
        starts.push(now);
        const recent = starts.filter((at) => now - at < restartWindowMs);
        assert.ok(recent.length <= maxRestarts);
      }
    }),
  );
});

/** A sender that notes what is asked of it. */
class Sender implements Pausable {
  readonly calls: string[] = [];
  pause(): void {
    this.calls.push('pause');
  }
  resume(): void {
    this.calls.push('resume');
  }
}

const maxQueueBytes = 800;

function createCongestion() {
  const clock = new StillClock();
  return { clock, congestion: new Congestion(clock, maxQueueBytes), sender: new Sender() };
}

t.test('a sender is paused once from half a queue on, and resumed at an eighth', async (t) => {
  const { congestion, sender, clock } = createCongestion();
  congestion.staged(399, sender);
  t.same(sender.calls, []);
  congestion.staged(400, sender);
  congestion.staged(800, sender);
  t.same(sender.calls, ['pause']);
  congestion.progressed(101);
  t.same(sender.calls, ['pause']);
  congestion.progressed(100);
  t.same(sender.calls, ['pause', 'resume']);
  t.equal(clock.timers, 0);
  congestion.staged(400, sender);
  t.same(sender.calls, ['pause', 'resume', 'pause'], 'and again');
});

t.test('all senders of a worker are resumed together', async (t) => {
  const { congestion, sender } = createCongestion();
  const other = new Sender();
  congestion.staged(400, sender);
  congestion.staged(500, other);
  congestion.progressed(0);
  t.same(
    [sender.calls, other.calls],
    [
      ['pause', 'resume'],
      ['pause', 'resume'],
    ],
  );
});

t.test('a worker that takes nothing for 250 ms holds nobody up until it does', async (t) => {
  const { congestion, sender, clock } = createCongestion();
  congestion.staged(400, sender);
  clock.advance(249);
  t.same(sender.calls, ['pause']);
  clock.advance(1);
  t.same(sender.calls, ['pause', 'resume']);
  congestion.staged(800, sender);
  t.same(sender.calls, ['pause', 'resume'], 'it is stalled');
  congestion.progressed(700);
  congestion.staged(701, sender);
  t.same(sender.calls, ['pause', 'resume', 'pause'], 'it reads again');
});

t.test('a worker that reads slowly is not taken for one that has stalled', async (t) => {
  const { congestion, sender, clock } = createCongestion();
  congestion.staged(800, sender);
  for (let queued = 799; queued > 101; queued -= 100) {
    clock.advance(249);
    congestion.progressed(queued);
  }
  t.same(sender.calls, ['pause']);
  clock.advance(250);
  t.same(sender.calls, ['pause', 'resume']);
});

t.test('nobody waits for a worker that is gone', async (t) => {
  const { congestion, sender, clock } = createCongestion();
  congestion.staged(400, sender);
  congestion.end();
  t.same(sender.calls, ['pause', 'resume']);
  t.equal(clock.timers, 0);
  congestion.end();
  t.same(sender.calls, ['pause', 'resume']);
});

t.test('whatever happens, pauses and resumes alternate and nobody is left paused', async () => {
  const step = fc.oneof(
    fc.record({ staged: fc.nat(maxQueueBytes), sender: fc.nat(2) }),
    fc.record({ progressed: fc.nat(maxQueueBytes) }),
    fc.record({ passMs: fc.nat(400) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { congestion, clock } = createCongestion();
      const senders = [new Sender(), new Sender(), new Sender()];
      for (const each of steps) {
        if ('staged' in each) congestion.staged(each.staged, senders[each.sender] as Sender);
        else if ('progressed' in each) congestion.progressed(each.progressed);
        else clock.advance(each.passMs);
      }
      clock.advance(250);
      assert.equal(clock.timers, 0);
      for (const { calls } of senders) {
        assert.deepEqual(
          calls,
          calls.map((_, index) => (index % 2 === 0 ? 'pause' : 'resume')),
        );
        assert.equal(calls.length % 2, 0);
      }
    }),
  );
});

/** A worker in a drain: what it still has, and how often it was asked to end. */
class DrainingWorker {
  readonly pending = new Map<number, unknown>();
  readonly output = { queuedBytes: 0 };
  asked = 0;
  terminate(): void {
    this.asked++;
  }
}

function createDrain(workers: DrainingWorker[]) {
  const state = { hasOutput: false, done: 0 };
  const drain = new Drain({
    running: () => workers as unknown as Worker[],
    hasOutput: () => state.hasOutput,
    onDone: () => state.done++,
  });
  return { drain, state };
}

t.test('a drain asks a worker to end once it has nothing pending and nothing queued', async (t) => {
  const idle = new DrainingWorker();
  const busy = new DrainingWorker();
  const behind = new DrainingWorker();
  busy.pending.set(1, {});
  behind.output.queuedBytes = 1;
  const { drain } = createDrain([idle, busy, behind]);
  drain.advance();
  t.same([idle.asked, busy.asked, behind.asked], [1, 0, 0]);
  busy.pending.clear();
  drain.advance();
  t.same([busy.asked, behind.asked], [1, 0]);
  behind.output.queuedBytes = 0;
  drain.advance();
  t.equal(behind.asked, 1);
});

t.test('a drain is done once, when all workers have ended and all output is written', async (t) => {
  const workers = [new DrainingWorker()];
  const { drain, state } = createDrain(workers);
  state.hasOutput = true;
  drain.advance();
  t.equal(state.done, 0, 'a worker runs');
  workers.pop();
  drain.advance();
  t.equal(state.done, 0, 'a client has not got everything');
  state.hasOutput = false;
  drain.advance();
  t.equal(state.done, 1);
  drain.advance();
  t.equal(state.done, 1);
});

t.test('a drain without workers and output is done at once', async (t) => {
  const { drain, state } = createDrain([]);
  drain.advance();
  t.equal(state.done, 1);
});
