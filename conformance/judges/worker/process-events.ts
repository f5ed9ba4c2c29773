import { type Finding, failed, passed } from '../../finding.ts';
import type { Line, Story } from '../../history/story.ts';
import { quoted } from '../moments.ts';
import { type ProcessEvent, processStoryOf, type StartedProcess } from './process-stories.ts';

/**
 * One counter from 1 numbers the events of each process, in order and without a gap; exited and closed
 * come once, closed last (PRC-1). Events name the session of their process (WRK-3).
 */
export function judgeProcessEvents(story: Story): Finding[] {
  const { processes, strays, malformed } = processStoryOf(story);
  return [
    ...malformed.slice(0, 1).map(({ line, fault }) =>
      failed('PRC-1', {
        reason: 'an event is not as the profile has it',
        expected: fault,
        seen: quoted(line),
        records: [line.seq],
      }),
    ),
    ...strays.slice(0, 1).map((line) => strayEvent(line)),
    ...processes.flatMap((each) => judgeEventsOf(each)),
  ];
}

function strayEvent(line: Line): Finding {
  const isNameless = line.sessionId === undefined;
  return failed(isNameless ? 'WRK-3' : 'PRC-1', {
    reason: isNameless
      ? 'an event of a process has no session id'
      : 'an event of a process that was not started in its session',
    expected: 'the session id of its process/start',
    seen: quoted(line),
    records: [line.seq],
  });
}

function judgeEventsOf({ events }: StartedProcess): Finding[] {
  if (events.length === 0) return [];
  const misnumbered = events.find(({ seq }, index) => seq !== index + 1);
  if (misnumbered !== undefined) {
    const due = events.indexOf(misnumbered) + 1;
    const words =
      misnumbered.seq < due ? 'comes again or out of order' : 'leaves out one or more before it';
    return [broken(misnumbered, `the number of an event ${words}`, `the number ${due}`)];
  }
  const second = secondOf(events, 'exited') ?? secondOf(events, 'closed');
  if (second !== undefined) {
    return [broken(second, `process/${second.kind} comes twice`, 'one of each process')];
  }
  const closed = events.find(({ kind }) => kind === 'closed');
  if (closed === undefined) return [passed('PRC-1')];
  const later = events.find(({ seq }) => seq > closed.seq);
  if (later !== undefined) {
    return [broken(later, 'an event comes after process/closed', 'nothing after it')];
  }
  if (!events.some(({ kind }) => kind === 'exited')) {
    return [broken(closed, 'process/closed comes without process/exited', 'process/exited first')];
  }
  return [passed('PRC-1')];
}

function secondOf(
  events: readonly ProcessEvent[],
  kind: ProcessEvent['kind'],
): ProcessEvent | undefined {
  return events.filter((each) => each.kind === kind)[1];
}

function broken({ line }: ProcessEvent, reason: string, expected: string): Finding {
  return failed('PRC-1', { reason, expected, seen: quoted(line), records: [line.seq] });
}
