import { type Finding, failed, passed } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { momentsOf, quoted } from './moments.ts';

/**
 * What a client answers to a worker's request reaches that worker and no other, once, with the
 * worker's own id; and no worker gets more answers than it asked questions. COR-6.
 */
export function judgeWorkerRequests(story: Story): Finding[] {
  return [...judgeAnswers(story), ...judgeSurplus(story)];
}

/** The worker requests that a client has got and not answered, by its connection and their id. */
class OpenQuestions {
  readonly #open = new Map<string, Line[]>();
  /** Ids of which it is not known any more what the bus takes for answered. */
  readonly #doubtful = new Set<string>();

  #of(line: Line): Line[] {
    const key = idKey(line);
    const open = this.#open.get(key) ?? [];
    this.#open.set(key, open);
    return open;
  }

  add(received: Line): void {
    this.#of(received).push(received);
  }

  /** The one that this answers, no longer open then: none where there are none or several. */
  take(answer: Line): { readonly question: Line | undefined; readonly isCertain: boolean } {
    const open = this.#of(answer);
    const candidates = open.filter(
      ({ sessionId }) => answer.sessionId === undefined || sessionId === answer.sessionId,
    );
    // A bus may compare ids by their value or by their spelling.
    if (candidates.some(({ idJson }) => idJson !== answer.idJson)) this.doubt(answer);
    const [question] = candidates.length === 1 ? candidates : [];
    if (question !== undefined) open.splice(open.indexOf(question), 1);
    return { question, isCertain: !this.#doubtful.has(idKey(answer)) };
  }

  /** What the bus makes of this line, nobody can say. */
  doubt(answer: Line): void {
    this.#doubtful.add(idKey(answer));
  }
}

function idKey({ place, idJson = '""' }: Line): string {
  return `${place} ${JSON.stringify(JSON.parse(idJson))}`;
}

function judgeAnswers(story: Story): Finding[] {
  const open = new OpenQuestions();
  const later = laterQuestions(story);
  const asked = story.clientReceived.filter(({ kind }) => kind === 'request');
  let next = 0;
  return story.clientSent.flatMap((answer) => {
    if (answer.method !== undefined || answer.idJson === undefined) return [];
    for (; (asked[next]?.seq ?? Infinity) < answer.seq; next++) open.add(asked[next] as Line);
    // A session id that is none may be taken for absent (AFF-6).
    if (answer.kind === 'refused') open.doubt(answer);
    if (answer.kind !== 'response') return [];
    const found = open.take(answer);
    // What was under way to the client at that time counts for the bus.
    const mayDiffer = found.question === undefined || answer.sessionId === undefined;
    if (mayDiffer && later(answer)) open.doubt(answer);
    return judgeAnswer(story, answer, {
      question: found.question,
      isCertain: found.isCertain && !(mayDiffer && later(answer)),
    });
  });
}

/** Whether a connection gets another worker request with the id of an answer after it. */
function laterQuestions({ clientReceived }: Story): (answer: Line) => boolean {
  const last = new Map<string, number>();
  for (const line of clientReceived) if (line.kind === 'request') last.set(idKey(line), line.seq);
  return (answer) => (last.get(idKey(answer)) ?? 0) > answer.seq;
}

function judgeAnswer(
  story: Story,
  answer: Line,
  { question, isCertain }: { question: Line | undefined; isCertain: boolean },
): Finding[] {
  const asker = question && story.originOf.get(question);
  const deliveries = story.deliveries.get(answer) ?? [];
  const wrong = deliveries.find(
    ({ place, idJson }) => place !== asker?.place || idJson !== asker.idJson,
  );
  if (wrong !== undefined) {
    const isElsewhere = wrong.place !== asker?.place;
    // With two spellings of one id, which of the questions is meant is the bus's to say.
    if (isElsewhere && !isCertain) return [];
    return [
      failed('COR-6', {
        reason: isElsewhere
          ? 'the answer to a worker went to one that did not ask'
          : 'the answer to a worker came with another id than its own',
        expected: asker === undefined ? 'at no worker' : `at ${asker.place} with ${asker.idJson}`,
        seen: `${quoted(wrong)} at ${wrong.place}`,
        records: [answer.seq, wrong.seq],
      }),
    ];
  }
  if (deliveries.length > 0) return [passed('COR-6')];
  if (asker === undefined || !isCertain || !isDue(story, answer, asker)) return [];
  return [
    failed('COR-6', {
      reason: 'the answer to a worker was lost',
      expected: `${quoted(answer)} at ${asker.place}`,
      seen: 'nowhere',
      records: [asker.seq, answer.seq],
    }),
  ];
}

/** Whether the answer has to arrive: the worker lives and has read what the client sent after it. */
function isDue(story: Story, answer: Line, { place }: Line): boolean {
  const { stopUs, abandonedUs } = momentsOf(story);
  if (answer.atUs > stopUs || abandonedUs < Infinity) return false;
  const { doomedUs = Infinity } = story.processes.get(place) ?? {};
  if (doomedUs < Infinity && doomedUs < stopUs) return false;
  return story.clientSent.some(
    (later) =>
      later.place === answer.place &&
      later.index > answer.index &&
      (story.deliveries.get(later) ?? []).some((delivery) => delivery.place === place),
  );
}

/** At no time has a worker got more responses with an id than it had written requests with it. */
function judgeSurplus(story: Story): Finding[] {
  const asked = new Map<string, number>();
  const findings: Finding[] = [];
  const keyOf = ({ place, idJson }: Line) => `${place} ${idJson}`;
  let next = 0;
  for (const line of story.workerReceived) {
    if (line.method !== undefined || line.idJson === undefined) continue;
    for (; (story.workerSent[next]?.seq ?? Infinity) < line.seq; next++) {
      const sent = story.workerSent[next] as Line;
      const mayAsk = sent.kind === 'request' || sent.kind === 'refused';
      if (mayAsk) asked.set(keyOf(sent), (asked.get(keyOf(sent)) ?? 0) + 1);
    }
    const left = asked.get(keyOf(line)) ?? 0;
    asked.set(keyOf(line), Math.max(0, left - 1));
    // That a worker asked nothing at all with this id is said by others.
    if (left > 0 || !hasAsked(story, line)) continue;
    findings.push(
      failed('COR-6', {
        reason: 'a worker got two answers to one request',
        expected: `one response with the id ${line.idJson}`,
        seen: `${quoted(line)} at ${line.place}`,
        records: [line.seq],
      }),
    );
  }
  return findings;
}

function hasAsked(story: Story, { place, idJson, seq }: Line): boolean {
  return story.workerSent.some(
    (line) =>
      line.place === place && line.idJson === idJson && line.kind === 'request' && line.seq < seq,
  );
}
