import { setTimeout as delay } from 'node:timers/promises';
import type { RunningSubject } from '../subjects/subject.ts';

const pollMs = 200;
const mostPolls = 15;
const enough = 0.99;

/** Resident memory when it has stopped falling; undefined where it cannot be read. */
export async function settledRss(running: RunningSubject): Promise<number | undefined> {
  let least = running.usage()?.rssBytes;
  for (let poll = 0; least !== undefined && poll < mostPolls; poll++) {
    await delay(pollMs);
    const next = running.usage()?.rssBytes;
    if (next === undefined) return undefined;
    const isSettled = next > least * enough;
    least = Math.min(least, next);
    if (isSettled) break;
  }
  return least;
}
