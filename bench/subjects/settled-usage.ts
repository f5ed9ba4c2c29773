import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 200;
const mostPolls = 15;
const enough = 0.99;

/** A figure when it has stopped falling; undefined where it cannot be read. */
export async function settledUsage(read: () => number | undefined): Promise<number | undefined> {
  let least = read();
  for (let poll = 0; least !== undefined && poll < mostPolls; poll++) {
    await delay(pollMs);
    const next = read();
    if (next === undefined) return undefined;
    const isSettled = next > least * enough;
    least = Math.min(least, next);
    if (isSettled) break;
  }
  return least;
}
