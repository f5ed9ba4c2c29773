import t from 'tap';
import { createMeasuredWindow } from './measured-window.ts';

const ms = 1e6;

t.test('a window lasts from its first read on, however late that is', async (t) => {
  let answered = 0;
  const window = createMeasuredWindow({
    warmUpMs: 50,
    durationMs: 100,
    answered: () => answered,
  });
  window.begin(0);
  window.tick(20 * ms);
  t.notOk(window.isOpen, 'still warming up');
  // Kept from reading until after its end: what has piled up is no part of it.
  answered = 1000;
  window.tick(400 * ms);
  t.ok(window.isOpen);
  answered = 1300;
  window.tick(499 * ms);
  t.notOk(window.isOver);
  window.tick(500 * ms);
  t.ok(window.isOver);
  const { framesPerSec, durationMs } = window.rates(200);
  t.equal(durationMs, 100);
  t.equal(framesPerSec, 3000);
});
