import { type Finding, failed, passed } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { quoted } from './moments.ts';

/** The ids that workers see are such that the simplest worker gives them back. COR-9. */
export function judgeWorkerIds(story: Story): Finding[] {
  const requests = story.workerReceived.filter(
    (line) => line.kind === 'request' && story.sourceOf.has(line),
  );
  const bad = requests.find(({ idJson }) => !isSimple(idJson ?? ''));
  if (bad === undefined) return requests.length > 0 ? [passed('COR-9')] : [];
  return [
    failed('COR-9', {
      reason: 'a worker was given an id that it may not give back as it is',
      expected: 'a safe integer, or 1 to 64 printable ASCII characters',
      seen: quoted(bad as Line),
      records: [bad.seq],
    }),
  ];
}

function isSimple(idJson: string): boolean {
  if (/^-?(0|[1-9]\d*)$/.test(idJson)) return Number.isSafeInteger(Number(idJson));
  const id: unknown = JSON.parse(idJson);
  return typeof id === 'string' && /^[\x20-\x7e]{1,64}$/.test(id);
}
