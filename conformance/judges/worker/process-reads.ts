import type { ReadResult } from '../../../schemas/generated/process.ts';
import { validateReadResult } from '../../../schemas/generated/process.validate.ts';
import { type Failure, type Finding, failed, passed } from '../../finding.ts';
import type { Story } from '../../history/story.ts';
import { quoted } from '../moments.ts';
import {
  eventOf,
  faultOf,
  type ProcessRead,
  processStoryOf,
  type StartedProcess,
} from './process-stories.ts';
import { workerMomentsOf } from './worker-moments.ts';

/** A clock may run that much ahead of another. */
const clockUs = 20_000;

type Wrong = (Pick<Failure, 'reason' | 'expected'> & { readonly requirement?: string }) | undefined;

/**
 * What a read gives is what was pushed; it comes when it has to, within its budget, and tells the state
 * of the process (PRC-3), and leaves nothing out in the middle (PRC-4).
 */
export function judgeProcessReads(story: Story): Finding[] {
  const responseUs = story.header.deadlinesUs.response ?? Infinity;
  const { stopUs } = workerMomentsOf(story);
  return processStoryOf(story).processes.flatMap((each) =>
    each.reads.flatMap((read) => {
      const { result } = read;
      if (result === undefined) return [];
      if (!validateReadResult(result)) {
        return [
          broken(read, 'PRC-3', {
            reason: 'the result of a read is not as the profile has it',
            expected: faultOf(validateReadResult.errors),
          }),
        ];
      }
      const wrong =
        wrongChunks(each, read, result) ??
        wrongState(each, read, result) ??
        // A worker that is told to end answers the reads that wait.
        (read.response.atUs > stopUs ? undefined : wrongTime(each, read, result, responseUs));
      if (wrong === undefined) return [passed('PRC-3')];
      return [broken(read, wrong.requirement ?? 'PRC-3', wrong)];
    }),
  );
}

function wrongChunks(
  { events }: StartedProcess,
  { request, afterSeq, maxBytes }: ProcessRead,
  { chunks, nextSeq }: ReadResult,
): Wrong {
  const bySeq = new Map(events.map((each) => [each.seq, each]));
  let last = afterSeq;
  let sum = 0;
  for (const { seq, stream, chunk } of chunks) {
    if (seq <= last) {
      return { reason: 'a read gives a chunk again, or out of order', expected: `above ${last}` };
    }
    last = seq;
    sum += Buffer.from(chunk, 'base64').length;
    const event = bySeq.get(seq);
    if (event === undefined) continue;
    if (event.kind !== 'output' || event.stream !== stream) {
      return {
        reason: 'a read gives a chunk under the number of another event',
        expected: quoted(event.line),
      };
    }
    if (event.bytes?.toString('base64') !== chunk) {
      return { reason: 'a read gives other bytes than the event', expected: quoted(event.line) };
    }
  }
  if (chunks.length > 1 && sum > maxBytes) {
    return { reason: 'a read gives more than maxBytes', expected: `at most ${maxBytes} bytes` };
  }
  if (chunks.length > 0 && nextSeq !== last + 1) {
    return { reason: 'nextSeq does not follow on the last chunk', expected: `nextSeq ${last + 1}` };
  }
  const given = new Set(chunks.map(({ seq }) => seq));
  const missing = events.find(
    ({ kind, seq, line }) =>
      kind === 'output' &&
      seq > afterSeq &&
      !given.has(seq) &&
      (seq < nextSeq || (chunks.length === 0 && line.atUs < request.atUs)),
  );
  if (missing === undefined) return undefined;
  if (missing.seq >= nextSeq) {
    return {
      reason: 'a read does not give the first chunk above afterSeq',
      expected: `event ${missing.seq}`,
    };
  }
  return {
    requirement: 'PRC-4',
    reason: 'a read leaves out a chunk as if nothing were missing',
    expected: `event ${missing.seq}, or an error`,
  };
}

function wrongState(
  process: StartedProcess,
  { request }: ProcessRead,
  { chunks, nextSeq, exited, exitCode, closed }: ReadResult,
): Wrong {
  const exit = eventOf(process, 'exited');
  const end = eventOf(process, 'closed');
  if (exit !== undefined && exit.line.atUs < request.atUs && !exited) {
    return { reason: 'a read says of a process that has exited that it runs', expected: 'exited' };
  }
  if (end !== undefined && end.line.atUs < request.atUs && !closed) {
    return { reason: 'a read says of a closed process that it is not', expected: 'closed' };
  }
  if (closed && !exited) {
    return { reason: 'a read says closed and not exited', expected: 'exited with closed' };
  }
  const code = exit?.exitCode ?? -1;
  const isOther = exited ? code !== -1 && exitCode !== code : typeof exitCode === 'number';
  if (exit !== undefined && isOther) {
    return {
      reason: 'a read gives another exit code than process/exited',
      expected: exited ? `exitCode ${code}` : 'null while it runs',
    };
  }
  if (closed && chunks.length === 0 && end !== undefined && nextSeq !== end.seq + 1) {
    return {
      reason: 'nextSeq of a closed process is not one more than the closing',
      expected: `nextSeq ${end.seq + 1}`,
    };
  }
  return undefined;
}

/** Too early: with nothing to report before waitMs. Too late: long after there was something. */
function wrongTime(
  process: StartedProcess,
  { request, response, afterSeq, waitMs }: ProcessRead,
  { chunks, exited, closed }: ReadResult,
  responseUs: number,
): Wrong {
  const exit = eventOf(process, 'exited');
  const hasNews =
    chunks.length > 0 || closed || (exited && (exit === undefined || exit.seq > afterSeq));
  const waitedUs = response.atUs - request.atUs;
  if (!hasNews && waitedUs + clockUs < waitMs * 1000) {
    return {
      reason: 'a read returns before waitMs with nothing to report',
      expected: `a chunk, an exit or the end, or ${waitMs} ms; it took ${Math.round(waitedUs / 1000)} ms`,
    };
  }
  const reasons = process.events.filter(({ kind, seq }) => kind === 'closed' || seq > afterSeq);
  const firstUs = Math.min(
    request.atUs + waitMs * 1000,
    ...reasons.slice(0, 1).map(({ line }) => line.atUs),
  );
  if (response.atUs <= Math.max(request.atUs, firstUs) + responseUs) return undefined;
  return {
    reason: 'a read returns long after it had something to report, or after waitMs',
    expected: `within ${Math.round(responseUs / 1000)} ms`,
  };
}

function broken(
  { request, response }: ProcessRead,
  requirement: string,
  { reason, expected }: Pick<Failure, 'reason' | 'expected'>,
): Finding {
  return failed(requirement, {
    reason,
    ...(expected === undefined ? {} : { expected: `${expected}; asked by ${quoted(request)}` }),
    seen: quoted(response),
    records: [request.seq, response.seq],
  });
}
