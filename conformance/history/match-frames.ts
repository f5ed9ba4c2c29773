import type { Line, Lines, Story } from './story.ts';
import { sourcesOfTwins } from './twin-lines.ts';

type Matches = Pick<
  Story,
  'deliveries' | 'receipts' | 'sourceOf' | 'originOf' | 'questionOf' | 'answersOf'
>;

/**
 * Finds who got which line. Frames are passed on byte for byte, save for the id of a request on its
 * way to a worker, of its response on the way back, and of a client's response, which a worker gets
 * in its own spelling: so lines match by all other bytes. Where several lines are the same in these,
 * the one that belongs to the id goes first: nobody is blamed where the bytes do not show it. Where the
 * bus traces, the parent id of a traceparent may differ as well (EXT-5).
 */
export function matchFrames(lines: Lines, isTraced = false): Matches {
  const { clientSent, clientReceived, workerReceived, workerSent } = lines;
  const keysOf = isTraced ? withoutParentIds : (keys: Keys) => keys;
  // What may be forwarded goes before what may not, where their bytes are the same.
  const isRefused = ({ kind, latitude }: Line) => kind === 'refused' && latitude === undefined;
  const sent = [
    ...clientSent.filter((line) => !isRefused(line)),
    ...clientSent.filter((line) => isRefused(line)),
  ];
  const sourceKeys: Keys = {
    strict: (line) => (line.method === undefined ? line.bytes.toString('latin1') : undefined),
    loose: ({ rest }) => rest,
  };
  const firstSources = pairs(sent, workerReceived, keysOf(sourceKeys));
  const questionOf = questionsOf(workerReceived, workerSent);
  const answerKey = ({ rest }: Line, { place, idJson }: Line) => `${place} ${idJson} ${rest}`;
  const originKeys: Keys = {
    strict: (line, isSent) => {
      if (line.method !== undefined) return line.bytes.toString('latin1');
      if (!isSent) return answerKey(line, line);
      const question = questionOf.get(line);
      const source = question && firstSources.get(question);
      return source && answerKey(line, source);
    },
    loose: (line) => (line.method === undefined ? line.rest : undefined),
  };
  const originOf = pairs(workerSent, clientReceived, keysOf(originKeys));
  const sourceOf = sourcesOfTwins({ clientSent, sourceOf: firstSources, originOf, questionOf });
  return {
    sourceOf,
    originOf,
    questionOf,
    deliveries: grouped(sourceOf),
    receipts: grouped(originOf),
    answersOf: grouped(questionOf),
  };
}

/** What a line that was sent and one that arrived have in common where they are one. */
interface Keys {
  readonly strict: (line: Line, isSent: boolean) => string | undefined;
  readonly loose: (line: Line) => string | undefined;
}

/** The same keys, in which no id of a span stands. */
function withoutParentIds({ strict, loose }: Keys): Keys {
  const parentId = /("traceparent"\s*:\s*"[0-9a-f]{2}-[0-9a-f]{32}-)[0-9a-f]{16}/g;
  return {
    strict: (line, isSent) => strict(line, isSent)?.replaceAll(parentId, '$1'),
    loose: (line) => loose(line)?.replaceAll(parentId, '$1'),
  };
}

/**
 * For each line that arrived, the line that was sent: by its strict key first, and what is left by
 * its loose one. What arrives more often than it was sent is matched to the last one.
 */
function pairs(sent: readonly Line[], arrived: readonly Line[], keys: Keys): Map<Line, Line> {
  const found = new Map<Line, Line>();
  const taken = new Set<Line>();
  const keyFunctions = [keys.strict, keys.loose];
  for (const keyOf of keyFunctions) {
    const queues = queuesOf(sent, (line) => (taken.has(line) ? undefined : keyOf(line, true)));
    for (const line of arrived) {
      if (found.has(line)) continue;
      const queue = queues.get(keyOf(line, false) ?? '');
      const first = queue?.lines[queue.next];
      // Nothing arrives before it was sent.
      if (queue === undefined || first === undefined || first.atUs > line.atUs) continue;
      queue.next++;
      found.set(line, first);
      taken.add(first);
    }
  }
  for (const keyOf of keyFunctions) {
    const queues = queuesOf(sent, (line) => keyOf(line, true));
    for (const line of arrived) {
      if (found.has(line)) continue;
      const before = queues.get(keyOf(line, false) ?? '')?.lines ?? [];
      const last = before.findLast(({ atUs }) => atUs <= line.atUs);
      if (last !== undefined) found.set(line, last);
    }
  }
  return found;
}

function queuesOf(
  sent: readonly Line[],
  keyOf: (line: Line) => string | undefined,
): Map<string, { readonly lines: Line[]; next: number }> {
  const queues = new Map<string, { readonly lines: Line[]; next: number }>();
  for (const line of sent) {
    const key = line.kind === 'blank' ? undefined : keyOf(line);
    if (key === undefined) continue;
    const queue = queues.get(key);
    if (queue === undefined) queues.set(key, { lines: [line], next: 0 });
    else queue.lines.push(line);
  }
  return queues;
}

function grouped(sourceOf: ReadonlyMap<Line, Line>): Map<Line, Line[]> {
  const groups = new Map<Line, Line[]>();
  for (const [arrived, source] of sourceOf) {
    const group = groups.get(source);
    if (group === undefined) groups.set(source, [arrived]);
    else group.push(arrived);
  }
  return groups;
}

/**
 * The requests that workers had read, of the responses that they wrote: the one whose mark the
 * response names, else the one that was read last under its id.
 */
function questionsOf(
  workerReceived: readonly Line[],
  workerSent: readonly Line[],
): Map<Line, Line> {
  const asked = new Map<string, Line>();
  const marked = new Map<string, Line>();
  const questions = new Map<Line, Line>();
  let next = 0;
  for (const line of workerSent) {
    for (; next < workerReceived.length; next++) {
      const read = workerReceived[next] as Line;
      if (read.seq > line.seq) break;
      if (read.method === undefined || read.idJson === undefined) continue;
      asked.set(`${read.place} ${read.idJson}`, read);
      const mark = markOf(read);
      if (mark !== undefined) marked.set(`${read.place} ${mark}`, read);
    }
    if (line.idJson === undefined || line.method !== undefined) continue;
    const mark = markOf(line);
    const byId = asked.get(`${line.place} ${line.idJson}`);
    // Where a bus gives one id to two requests, only the mark tells them apart.
    const byMark = mark === undefined ? undefined : marked.get(`${line.place} ${mark}`);
    const question = byMark?.idJson === line.idJson ? byMark : byId;
    if (question !== undefined) questions.set(line, question);
  }
  return questions;
}

/** The mark of a request, and of the response that names it. */
export function markOf({ bytes }: Pick<Line, 'bytes'>): string | undefined {
  const text = bytes.subarray(0, longestHead).toString('latin1');
  return /"mark":"(m\d+)"/.exec(text)?.[1];
}

/** Marks are among the first bytes; frames may have megabytes. */
const longestHead = 4096;
