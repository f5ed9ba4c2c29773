import { PassThrough } from 'node:stream';
import t from 'tap';
import { RoutingTimer } from './routing-timer.ts';

t.test('the time is that of the listener in between, for every 64th chunk', async (t) => {
  const seen: number[] = [];
  let nowMs = 0;
  const timer = new RoutingTimer(
    (seconds) => seen.push(seconds),
    () => nowMs,
  );
  const streams = [new PassThrough(), new PassThrough()];
  for (const stream of streams) {
    timer.watch(stream, () => {
      stream.on('data', () => {
        nowMs += 5;
      });
    });
  }
  for (let n = 0; n < 129; n += 1) streams[n % 2]?.emit('data', Buffer.from('x'));
  t.same(seen, [0.005, 0.005, 0.005]);
});
