import { timeText } from './measure.ts';

/** Microseconds for an axis: no digits that say nothing. */
export function shortTime(us: number): string {
  if (us >= 1000)
    return timeText(us)
      .replace(/\.0+ /, ' ')
      .replace(/(\.\d*?)0+ /, '$1 ');
  return `${Number(us.toPrecision(3))} µs`;
}

/** A count for an axis. */
export function shortCount(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`;
  if (value >= 1000) return `${Number((value / 1000).toPrecision(3))} k`;
  return String(Number(value.toPrecision(3)));
}

/** Bytes for an axis. */
export function shortBytes(bytes: number): string {
  return bytes >= 1000 ? `${Number((bytes / 1000).toPrecision(3))} kB` : `${bytes} B`;
}
