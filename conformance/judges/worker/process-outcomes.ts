import type { StartParams } from '../../../schemas/generated/process.ts';
import type { Judge } from '../../finding.ts';
import { errorCodeOf } from '../answers.ts';
import { judgeOf } from '../facts.ts';
import { quoted } from '../moments.ts';
import { exchangesOf } from './exchanges.ts';
import { judgeProcessEvents } from './process-events.ts';
import { judgeProcessLosses } from './process-losses.ts';
import { judgeProcessReads } from './process-reads.ts';
import { eventOf, outputOf, processOf } from './process-stories.ts';

/** The judges of every scenario of the process profile. */
export const processJudges: readonly Judge[] = [
  judgeProcessEvents,
  judgeProcessReads,
  judgeProcessLosses,
];

type Bytes = Buffer | string;

/** How a process is to have gone. */
export interface ProcessOutcome {
  readonly session?: string;
  /** What it wrote, or how that follows from its start; absent: whatever it is. */
  readonly stdout?: Bytes | ((params: StartParams) => Bytes);
  readonly stderr?: Bytes;
  /** Any of these; absent: whatever it is. */
  readonly exitCode?: number | readonly number[];
}

/** A process was closed, with these bytes, all of them and in order, and this exit code. PRC-1. */
export function processEnded(processId: string, outcome: ProcessOutcome = {}): Judge {
  const { session, exitCode = [] } = outcome;
  return judgeOf('PRC-1', {
    floor: (story) =>
      processOf(story, processId, session) === undefined
        ? `the process ${processId} was not started`
        : undefined,
    fault(story) {
      const process = processOf(story, processId, session);
      if (process === undefined) return undefined;
      const records = [process.start.seq];
      const { stdout, stderr } = outcome;
      const wanted = {
        stdout: typeof stdout === 'function' ? stdout(process.params) : stdout,
        stderr,
      };
      for (const stream of ['stdout', 'stderr'] as const) {
        if (wanted[stream] === undefined) continue;
        const expected = Buffer.from(wanted[stream]);
        const seen = outputOf(process, stream);
        if (seen.equals(expected)) continue;
        return {
          reason: `the events do not give what the command wrote to ${stream}`,
          expected: textOf(expected),
          seen: textOf(seen),
          records,
        };
      }
      const exit = eventOf(process, 'exited');
      const codes = [exitCode].flat();
      if (exit !== undefined && codes.length > 0 && !codes.includes(exit.exitCode ?? -1)) {
        return {
          reason: 'process/exited has another exit code than the command',
          expected: `exit code ${codes.join(' or ')}`,
          seen: quoted(exit.line),
          records: [...records, exit.line.seq],
        };
      }
      if (exit !== undefined && eventOf(process, 'closed') !== undefined) return undefined;
      return {
        reason: `a process was never ${exit === undefined ? 'exited' : 'closed'}`,
        expected: 'process/exited and process/closed',
        seen: `${process.events.length} events`,
        records,
      };
    },
  });
}

function textOf(bytes: Buffer): string {
  return `${bytes.length} bytes: ${JSON.stringify(bytes.toString('latin1', 0, 100))}`;
}

/** The code of an error, or members of the result. */
export type ExpectedAnswer = number | Readonly<Record<string, unknown>>;

/** The requests with these ids (as text, without quotes) are answered so. */
export function answersAre(
  requirement: string,
  answers: Readonly<Record<string, ExpectedAnswer>>,
): Judge {
  return judgeOf(requirement, {
    floor(story) {
      const made = new Set(exchangesOf(story).exchanges.map(({ request }) => request.idJson));
      const missing = Object.keys(answers).find((id) => !made.has(JSON.stringify(id)));
      return missing === undefined ? undefined : `the request ${missing} was not made`;
    },
    fault(story) {
      for (const {
        request,
        responses: [response],
      } of exchangesOf(story).exchanges) {
        const expected = answers[JSON.parse(request.idJson ?? 'null')];
        if (expected === undefined || response === undefined) continue;
        if (isAnswer(expected, response.isError ? errorCodeOf(response) : resultOf(response)))
          continue;
        return {
          reason: `${request.method} is answered otherwise than the profile says`,
          expected:
            typeof expected === 'number'
              ? `the error ${expected} for ${quoted(request)}`
              : `${JSON.stringify(expected)} for ${quoted(request)}`,
          seen: quoted(response),
          records: [request.seq, response.seq],
        };
      }
      return undefined;
    },
  });
}

function resultOf({ bytes }: { readonly bytes: Buffer }): unknown {
  return (JSON.parse(bytes.toString()) as { result?: unknown }).result;
}

function isAnswer(expected: ExpectedAnswer, seen: unknown): boolean {
  if (typeof expected === 'number' || typeof seen === 'number') return expected === seen;
  if (typeof seen !== 'object' || seen === null) return false;
  return Object.entries(expected).every(
    ([name, value]) => (seen as Record<string, unknown>)[name] === value,
  );
}
