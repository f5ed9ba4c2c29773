import { type Failure, type Finding, failed, passed } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { topLevelMembers } from '../history/top-level-members.ts';
import { unassigned } from './assignment.ts';
import {
  closingLinesOf,
  hasLeft,
  type Moments,
  maxFrameBytesOf,
  momentsOf,
  quoted,
} from './moments.ts';

/** A line of a client that has to be answered, or may be. */
interface Question {
  readonly line: Line;
  /** What is broken where it is not answered as it has to be. */
  readonly requirement: string;
  /** The id of the answer, as it is spelled. */
  readonly answerId: string;
  /** The code that an error has to have; absent where any response will do. */
  readonly code?: number;
  /** Whether any error will do. */
  readonly isError: boolean;
  /** Whether a bus may also leave it unanswered. */
  readonly isOptional: boolean;
}

/** A response, and its code where it is an error. */
interface Answer {
  readonly line: Line;
  readonly code: number | undefined;
}

/** What holds for all lines of a story. */
interface Setting extends Moments {
  readonly maxFrameBytes: number;
  readonly closing: ReadonlyMap<string, Line>;
}

/**
 * Every request gets exactly one response, on the connection that asked; every line that is refused
 * gets its error; nothing else is answered. COR-1, COR-3, COR-4, FRM-2, FRM-4, FRM-5, FRM-6, FRM-8,
 * AFF-6.
 */
export function judgeAnswers(story: Story): Finding[] {
  const groups = new Map<string, { questions: Question[]; answers: Line[] }>();
  const groupOf = (connection: string, id: string) => {
    const key = `${connection} ${id}`;
    const group = groups.get(key) ?? { questions: [], answers: [] };
    groups.set(key, group);
    return group;
  };
  const setting = settingOf(story);
  const questions = [...story.clientSent, ...unterminatedOf(story)].flatMap((line) =>
    questionsFrom(setting, line),
  );
  for (const question of questions) {
    groupOf(question.line.place, question.answerId).questions.push(question);
  }
  for (const line of story.clientReceived) {
    if (line.method === undefined && line.kind !== 'blank') {
      groupOf(line.place, line.idJson ?? 'null').answers.push(line);
    }
  }
  return [...groups.values()].flatMap((group) => judgeGroup(story, group.questions, group.answers));
}

function settingOf(story: Story): Setting {
  const maxFrameBytes = maxFrameBytesOf(story);
  return { ...momentsOf(story), maxFrameBytes, closing: closingLinesOf(story) };
}

function questionsFrom(setting: Setting, line: Line): Question[] {
  const { stopUs, abandonedUs, maxFrameBytes, closing } = setting;
  const closingLine = closing.get(line.place);
  // With the connection what was pending on it has lost its asker, too.
  const isClosed = closingLine !== undefined && line !== closingLine;
  const isExempt = line.atUs > abandonedUs || isClosed;
  // Whether a bus that was told to end still read it is not known.
  const isOptional = isExempt || line.atUs > stopUs;
  const own = ownQuestions(line, isOptional);
  if (line.bytes.length < maxFrameBytes) return own;
  const isBlank = line.kind === 'blank';
  const refusal: Question = {
    line,
    requirement: 'FRM-6',
    answerId: 'null',
    isError: true,
    isOptional: isOptional || isBlank,
  };
  if (line.bytes.length > maxFrameBytes) return [refusal];
  // The limit may be counted with the LF: either will do.
  if (own.every(({ isError, answerId }) => isError && answerId === 'null')) {
    return [{ ...refusal, isOptional: isOptional || own.length === 0 }];
  }
  return [...own, refusal].map((question) => ({ ...question, isOptional: true }));
}

function ownQuestions(line: Line, isOptional: boolean): Question[] {
  if (line.kind === 'request') {
    const answerId = line.idJson ?? 'null';
    return [{ line, requirement: 'COR-1', answerId, isError: false, isOptional }];
  }
  if (line.kind !== 'refused') return [];
  const { code = -32600, latitude, idJson = 'null' } = line;
  const mayPass = latitude !== undefined;
  return [
    {
      line,
      requirement: latitude ?? (code === -32700 ? 'FRM-4' : 'FRM-5'),
      answerId: idJson,
      // What may pass as a request gets a worker's answer then.
      ...(mayPass && idJson !== 'null' ? { isError: false } : { code, isError: true }),
      isOptional: isOptional || (mayPass && (line.method === undefined || idJson === 'null')),
    },
  ];
}

/** Bytes after the last LF of a client that has closed its sending side and still reads (FRM-4). */
function unterminatedOf(story: Story): Line[] {
  return story.unterminated.flatMap(({ place, bytes }) => {
    const connection = story.connections.get(place);
    if (connection?.halfClosedUs === undefined || hasLeft(story, place)) return [];
    // A line over the limit may be answered as soon as that is clear.
    const isOverlong = bytes.length > maxFrameBytesOf(story);
    const atUs = isOverlong ? connection.openedUs : connection.halfClosedUs;
    return [
      {
        kind: 'refused',
        code: -32700,
        fault: 'a stream that ends within a line',
        isError: false,
        rest: '',
        index: Infinity,
        seq: 0,
        atUs,
        place,
        bytes,
        isWritten: true,
      } satisfies Line,
    ];
  });
}

function judgeGroup(story: Story, questions: Question[], answers: Line[]): Finding[] {
  if (questions.length === 0) return answers.flatMap((answer) => judgeUnasked(story, answer));
  const given: Answer[] = answers.map((line) => ({ line, code: errorCodeOf(line) }));
  const strictestFirst = inOrderOfStrictness(questions);
  const owed = strictestFirst.filter((each) => !each.isOptional && !isExcused(story, each));
  const unanswered = new Set(unassigned(owed, given, fits));
  const left = unassigned(given, strictestFirst, (answer, question) => fits(question, answer));
  const findings = questions
    .filter((question) => !question.isOptional && !unanswered.has(question))
    .map(({ requirement }) => passed(requirement));
  for (const question of unanswered) {
    findings.push(failed(question.requirement, missing(question, left[0]?.line)));
  }
  const [question] = questions as [Question];
  const surplus = left.filter(({ line }) => !mayAnswerDoubled(story, line));
  return findings.concat(
    surplus.map(({ line }) =>
      failed(question.requirement, {
        reason: `more answers than were asked for`,
        expected: `${questions.length} answers with the id ${question.answerId}`,
        seen: quoted(line),
        records: [question.line.seq, line.seq],
      }),
    ),
  );
}

/** Those that take only certain answers first, so that they do not lose them to the others. */
function inOrderOfStrictness(questions: readonly Question[]): Question[] {
  const looseness = ({ code, isError }: Question) =>
    (code === undefined ? 2 : 0) + (isError ? 0 : 1);
  return questions.toSorted((a, b) => looseness(a) - looseness(b) || b.line.atUs - a.line.atUs);
}

function fits({ line, code, isError }: Question, answer: Answer): boolean {
  // Nothing is answered before it was asked.
  if (answer.line.atUs < line.atUs) return false;
  if (code !== undefined) return answer.code === code;
  return !isError || answer.line.isError;
}

/** The code of an error response. */
export function errorCodeOf(answer: Line): number | undefined {
  if (!answer.isError) return undefined;
  return JSON.parse(answer.bytes.toString()).error?.code;
}

function missing({ line, code, requirement }: Question, other: Line | undefined): Failure {
  const fault = requirement === 'FRM-6' ? 'a line over the limit' : line.fault;
  const what = `the refusal of ${fault}`;
  return {
    reason:
      other === undefined
        ? `no answer: ${requirement === 'COR-1' ? 'a request was never answered' : what}`
        : `the wrong answer to ${fault ?? 'a request'}`,
    expected: `${code === undefined ? 'a response' : `error ${code}`} to ${quoted(line)}`,
    seen: other === undefined ? 'nothing' : quoted(other),
    records: other === undefined ? [line.seq] : [line.seq, other.seq],
  };
}

/** Whether nothing is owed: nobody is there to take it, or the worker still has the request. */
function isExcused(story: Story, { line }: Question): boolean {
  const { abandonedUs } = momentsOf(story);
  if (abandonedUs < Infinity || hasLeft(story, line.place)) return true;
  const [delivery] = story.deliveries.get(line) ?? [];
  if (delivery === undefined) return false;
  const worker = story.processes.get(delivery.place);
  const isAnswered = story.answersOf.has(delivery);
  return !isAnswered && worker?.exitedUs === undefined && momentsOf(story).exitUs === Infinity;
}

/** A response with an id that nobody used on this connection. */
function judgeUnasked(story: Story, answer: Line): Finding[] {
  return mayAnswerDoubled(story, answer) ? [] : [unasked(story, answer)];
}

/** A bus may take a line with its id twice for a request with either of the two (FRM-8). */
function mayAnswerDoubled(story: Story, { place, idJson }: Line): boolean {
  return story.clientSent.some(
    (line) =>
      line.place === place &&
      line.latitude === 'FRM-8' &&
      line.idJson === undefined &&
      idsOf(line).includes(idJson ?? 'null'),
  );
}

function idsOf({ bytes }: Line): string[] {
  const raw = bytes.toString('latin1');
  return topLevelMembers(raw)
    .filter(({ name }) => name === 'id')
    .map(({ valueStart, valueEnd }) =>
      Buffer.from(raw.slice(valueStart, valueEnd), 'latin1').toString(),
    );
}

function unasked(story: Story, answer: Line): Finding {
  const origin = story.originOf.get(answer);
  const question = origin && story.questionOf.get(origin);
  const source = question && story.sourceOf.get(question);
  const records = [...(source === undefined ? [] : [source.seq]), answer.seq];
  const seen = quoted(answer);
  if (source !== undefined && source.place !== answer.place) {
    return failed('AFF-8', {
      reason: "a client got the response to another client's request",
      expected: `the response on ${source.place} only`,
      seen: `${seen} on ${answer.place}`,
      records,
    });
  }
  if (source !== undefined && source.bytes.length > maxFrameBytesOf(story)) {
    return failed('FRM-6', {
      reason: 'a line over the limit was answered like any other',
      expected: 'an error with the id null',
      seen,
      records,
    });
  }
  if (source !== undefined) {
    return failed('FRM-7', {
      reason: 'the id of a response is spelled otherwise than in its request',
      expected: `the id ${source.idJson}`,
      seen,
      records,
    });
  }
  if (answer.kind === 'refused') {
    return failed('RST-7', { reason: 'a client got a line that is no frame', seen, records });
  }
  return failed('COR-1', {
    reason: 'a response to something that nobody asked',
    expected: 'no such response',
    seen,
    records,
  });
}
