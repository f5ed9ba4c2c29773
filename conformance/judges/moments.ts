import type { Line, Story } from '../history/story.ts';

/** The moments of a story that excuse things. Times in microseconds; Infinity where one never came. */
export interface Moments {
  /** The subject was told to end: by a signal, or in stdio mode by the end of its stdin. */
  readonly stopUs: number;
  /** It was told a second time, or killed, or it crashed: nothing is owed to anybody from then on. */
  readonly abandonedUs: number;
  /** Its end was seen. */
  readonly exitUs: number;
}

const stopSignals: ReadonlySet<string> = new Set(['SIGTERM', 'SIGINT', 'SIGHUP']);

export function momentsOf(story: Story): Moments {
  const signals = story.signals.filter(({ signal }) => stopSignals.has(signal ?? ''));
  const [first, second] = signals.map(({ atUs }) => atUs);
  const stdin = story.header.transport === 'stdio' ? story.connections.get('c1') : undefined;
  const stdinEndUs = Math.min(stdin?.halfClosedUs ?? Infinity, stdin?.leftUs ?? Infinity);
  const bus = story.processes.get('bus');
  const exitUs = bus?.exitedUs ?? Infinity;
  const stopUs = Math.min(first ?? Infinity, stdinEndUs);
  // An end that nobody asked for is judged by itself, and not once more by all that it cost.
  const signal = bus?.signal ?? null;
  const isCrash = exitUs < stopUs || (signal !== null && !stopSignals.has(signal));
  return {
    stopUs,
    exitUs,
    abandonedUs: Math.min(second ?? Infinity, isCrash ? exitUs : Infinity),
  };
}

/** Whether the connection could still be told something at this moment. */
export function isReadingAt(story: Story, connection: string, atUs: number): boolean {
  const facts = story.connections.get(connection);
  if (facts === undefined) return false;
  const stalledUs = story.faults.find(
    ({ fault, target }) => fault === 'stall' && target === connection,
  )?.atUs;
  return Math.min(facts.leftUs ?? Infinity, stalledUs ?? Infinity) > atUs;
}

/** Whether the client has left, or did not read, at any time: then nothing more is owed to it. */
export function hasLeft(story: Story, connection: string): boolean {
  return !isReadingAt(story, connection, lastUs(story));
}

/** The time of the last record. */
export function lastUs(story: Story): number {
  return story.records.at(-1)?.atUs ?? 0;
}

/** The limit of a line's length: over it a line is refused, at it either will do (FRM-6). */
export function maxFrameBytesOf({ header }: Story): number {
  return header.limits.max_input_buffer ?? 1_048_576;
}

/**
 * The first line at or over the limit of each connection that the subject then ended before it was
 * told to end itself: it may close it (FRM-6), and nothing is owed there any more.
 */
export function closingLinesOf(story: Story): Map<string, Line> {
  const maxFrameBytes = maxFrameBytesOf(story);
  const { stopUs } = momentsOf(story);
  const closing = new Map<string, Line>();
  for (const line of story.clientSent) {
    if (line.bytes.length < maxFrameBytes || closing.has(line.place)) continue;
    const { endedUs = Infinity } = story.connections.get(line.place) ?? {};
    if (endedUs < stopUs) closing.set(line.place, line);
  }
  return closing;
}

/** Whether the bus answers this method itself. */
export function isOwnMethod({ method }: Line): boolean {
  return method?.startsWith('stdio_bus/') === true;
}

const longestQuotation = 1000;

/** A line for a report; the beginning of a long one. */
export function quoted({ bytes }: Pick<Line, 'bytes'>): string {
  if (bytes.length <= longestQuotation) return bytes.toString();
  return `${bytes.toString('utf8', 0, longestQuotation)}… (${bytes.length} bytes)`;
}
