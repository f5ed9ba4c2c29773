import { type Finding, failed, passed } from '../finding.ts';
import type { Story } from '../history/story.ts';
import { observed } from './facts.ts';

/** The subject's stdout carries frames and nothing else. SEC-3. */
export function judgeOutput(story: Story): Finding[] {
  // The usage text of `--help` is no output of a bus.
  if (observed(story, 'asked-for-help') === true) return [];
  const printed = story.outputs.find(({ stream }) => stream === 'stdout');
  const isWire = story.header.transport === 'stdio';
  const stray = isWire ? story.clientReceived.find(({ kind }) => kind === 'refused') : undefined;
  if (printed === undefined && stray === undefined) {
    return story.processes.get('bus')?.exitedUs === undefined ? [] : [passed('SEC-3')];
  }
  return [
    failed('SEC-3', {
      reason: 'the bus printed something on its stdout that is no frame',
      expected: 'frames in stdio mode, and else nothing',
      seen: printed?.line ?? stray?.bytes.toString() ?? '',
      records: [printed?.seq ?? stray?.seq ?? 0],
    }),
  ];
}
