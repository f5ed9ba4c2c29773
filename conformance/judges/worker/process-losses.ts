import { type Finding, failed, passed } from '../../finding.ts';
import type { Story } from '../../history/story.ts';
import { quoted } from '../moments.ts';
import {
  eventOf,
  type ProcessEvent,
  type ProcessRead,
  processStoryOf,
  type StartedProcess,
} from './process-stories.ts';

/** So much output is retained in any case. */
export const retainedBytes = 1_048_576;
/** A process is kept so long after process/closed, in microseconds. */
const keptUs = 30_000_000;
/** By so much less may it look, since process/closed is seen after it was sent. */
const toleranceUs = 1_000_000;

const unknownProcess = -32_600;
const invalidParams = -32_602;

/**
 * A read is refused only where output that it asks for was dropped: nothing is while there is 1 MiB or
 * less, nor before 30 s after the end (PRC-2), and the error names what can still be read (PRC-4).
 */
export function judgeProcessLosses(story: Story): Finding[] {
  return processStoryOf(story).processes.flatMap((each) =>
    each.reads.flatMap((read) => judgeRefusal(each, read)),
  );
}

function judgeRefusal(process: StartedProcess, read: ProcessRead): Finding[] {
  const { error, response, afterSeq } = read;
  if (error === undefined) return (read.result?.chunks.length ?? 0) > 0 ? [passed('PRC-2')] : [];
  if (error.code === invalidParams) return [];
  const closed = eventOf(process, 'closed');
  if (error.code === unknownProcess) {
    const isOver = closed !== undefined && response.atUs - closed.line.atUs >= keptUs - toleranceUs;
    if (isOver) return [passed('PRC-4')];
    return [broken(read, 'PRC-2', 'a process was forgotten before 30 s after process/closed')];
  }
  const outputs = process.events.filter(({ kind }) => kind === 'output');
  const oldest = oldestSeqFrom(error, outputs);
  if (oldest === undefined) {
    return [broken(read, 'PRC-4', 'the error does not name the lowest number that can be read')];
  }
  const dropped = outputs.findLast(({ seq }) => seq < oldest);
  if (dropped === undefined || dropped.seq <= afterSeq) {
    return [broken(read, 'PRC-4', 'a read is refused though nothing is missing that it asks for')];
  }
  if (oldest > (outputs.at(-1)?.seq ?? 0)) {
    return [broken(read, 'PRC-2', 'the newest chunk was dropped')];
  }
  const sum = outputs
    .filter(({ seq }) => seq >= dropped.seq)
    .reduce((bytes, each) => bytes + (each.bytes?.length ?? 0), 0);
  if (sum <= retainedBytes) {
    return [broken(read, 'PRC-2', 'output was dropped though its sum was at most 1 MiB')];
  }
  const again = process.reads.find(
    ({ request, afterSeq: from }) =>
      from === oldest - 1 && closed !== undefined && closed.line.atUs < request.atUs,
  );
  if (again?.error !== undefined) {
    return [broken(again, 'PRC-4', 'what the error named as the oldest cannot be read')];
  }
  return [passed('PRC-2'), passed('PRC-4')];
}

/** The number that an error names, as a member of its data or in words. */
function oldestSeqFrom(
  { data, message }: NonNullable<ProcessRead['error']>,
  outputs: readonly ProcessEvent[],
): number | undefined {
  const { oldestSeq } = (typeof data === 'object' && data !== null ? data : {}) as {
    oldestSeq?: unknown;
  };
  if (typeof oldestSeq === 'number') return oldestSeq;
  const named = (String(message).match(/\d+/g) ?? []).map(Number);
  return named.find((number) => outputs.some(({ seq }) => seq === number));
}

function broken({ request, response }: ProcessRead, requirement: string, reason: string): Finding {
  return failed(requirement, {
    reason,
    expected: `what is retained, in answer to ${quoted(request)}`,
    seen: quoted(response),
    records: [request.seq, response.seq],
  });
}
