import { type Finding, failed, passed } from '../../finding.ts';
import type { Line, Story } from '../../history/story.ts';
import { observed } from '../facts.ts';
import { quoted } from '../moments.ts';
import { exchangesOf } from './exchanges.ts';

/** Frames of the dialect on stdout and nothing else, each ended by LF. WRK-1. */
export function judgeStdout(story: Story): Finding[] {
  const { workerSent, unterminated } = story;
  const dialect = observed(story, 'dialect');
  const isOutcome = ({ fault }: Line) => outcomeFaults.has(fault ?? '');
  const stray = workerSent.find(
    (line) => line.kind === 'blank' || (line.kind === 'refused' && !isOutcome(line)),
  );
  const answers = workerSent.filter((line) => line.kind === 'refused' && isOutcome(line));
  // An error for a bad line may give back the odd id that stood there.
  const excused = exchangesOf(story).badLines.length;
  const answer = answers.find(({ isError }) => !isError) ?? answers[excused];
  const foreign = workerSent.find(
    (line) =>
      line.kind !== 'blank' && line.kind !== 'refused' && isForeign(line, dialect === 'codex'),
  );
  const rest = unterminated.find(({ place }) => place === 'worker' && isFromWorker(story));
  const findings = [
    ...(stray === undefined ? [] : [strayLine(stray)]),
    ...(answer === undefined ? [] : [outcomeWithoutId(answer)]),
    ...(foreign === undefined ? [] : [foreignFrame(foreign, dialect === 'codex')]),
    ...(rest === undefined ? [] : [unfinished(story, rest.bytes)]),
  ];
  if (findings.length > 0) return findings;
  return workerSent.length === 0 ? [] : [passed('WRK-1')];
}

/** What is no frame only because nobody can tell what it answers. */
const outcomeFaults: ReadonlySet<string> = new Set([
  'an outcome without an id',
  'an id that is neither a string nor a number',
]);

function strayLine(line: Line): Finding {
  return failed('WRK-1', {
    reason:
      line.kind === 'blank'
        ? 'a blank line on stdout'
        : `a line on stdout that is no frame: ${line.fault}`,
    expected: 'frames and nothing else',
    seen: quoted(line),
    records: [line.seq],
  });
}

function outcomeWithoutId(line: Line): Finding {
  return failed('WRK-2', {
    reason: 'a response without the id of a request',
    expected: 'the id of the request; for a notification, no response',
    seen: quoted(line),
    records: [line.seq],
  });
}

function isForeign({ bytes }: Line, isCodex: boolean): boolean {
  const { jsonrpc } = JSON.parse(bytes.toString()) as { jsonrpc?: unknown };
  return isCodex ? jsonrpc !== undefined : jsonrpc !== '2.0';
}

function foreignFrame(line: Line, isCodex: boolean): Finding {
  return failed('WRK-1', {
    reason: isCodex
      ? 'a frame with the member "jsonrpc", which the dialect codex does not have'
      : 'a frame without "jsonrpc":"2.0"; a worker of the dialect codex says so in its manifest',
    expected: 'frames of the dialect',
    seen: quoted(line),
    records: [line.seq],
  });
}

function isFromWorker({ records }: Story): boolean {
  const last = records.findLast(
    (record) => record.kind === 'worker-bytes' && record.direction === 'sent',
  );
  return last?.kind === 'worker-bytes' && last.text?.endsWith('\n') !== true;
}

function unfinished(story: Story, bytes: Buffer): Finding {
  return failed('WRK-1', {
    reason: 'its last line on stdout has no LF',
    expected: 'whole lines',
    seen: quoted({ bytes }),
    records: [story.records.at(-1)?.seq ?? 0],
  });
}
