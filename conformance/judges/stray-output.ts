import type { Judge } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { type Fault, judgeOf } from './facts.ts';
import { momentsOf, quoted } from './moments.ts';
import { answerTo } from './served-requests.ts';

/**
 * What a worker writes and is no frame, or is over the limit, reaches no client; the worker goes on;
 * a request that lost its response that way gets an error, and so does a worker for its own. RST-7.
 */
export const strayOutputIsKeptBack: Judge = judgeOf('RST-7', {
  fault: (story) => {
    const stray = strayLines(story);
    return passedOn(story, stray) ?? ended(story, stray) ?? unanswered(story, stray);
  },
  floor: (story) => {
    const stray = strayLines(story);
    if (stray.length === 0) return 'no worker wrote anything but frames';
    const goesOn = story.workerSent.some(
      (line) =>
        story.receipts.has(line) &&
        stray.some(({ place, index }) => place === line.place && index < line.index),
    );
    return goesOn ? undefined : 'nothing shows that the worker went on';
  },
});

/** What certainly is no frame that may be forwarded. */
function strayLines(story: Story): Line[] {
  return story.workerSent.filter(
    (line) => (line.kind === 'refused' && line.latitude === undefined) || isOverlong(story, line),
  );
}

function isOverlong(story: Story, { bytes }: Line): boolean {
  return bytes.length > (story.header.limits.max_input_buffer ?? 1_048_576);
}

function passedOn(story: Story, stray: readonly Line[]): Fault {
  for (const line of stray) {
    const same = (each: Line) => each.bytes.equals(line.bytes);
    const receipt = story.receipts.get(line)?.[0] ?? story.clientReceived.find(same);
    if (receipt === undefined) continue;
    return {
      reason: isOverlong(story, line)
        ? 'a line of a worker over the limit reached a client'
        : 'output of a worker that is no frame reached a client',
      expected: 'it is dropped',
      seen: quoted(receipt),
      records: [line.seq, receipt.seq],
    };
  }
  return undefined;
}

function ended(story: Story, stray: readonly Line[]): Fault {
  const { stopUs } = momentsOf(story);
  for (const { place, seq, atUs } of stray) {
    const { exitedUs = Infinity } = story.processes.get(place) ?? {};
    const isOwn = story.faults.some(({ target }) => target === place);
    if (isOwn || exitedUs < atUs || exitedUs >= stopUs) continue;
    return {
      reason: 'a worker was ended for what it wrote',
      expected: 'the worker goes on',
      seen: `the end of ${place}`,
      records: [seq],
    };
  }
  return undefined;
}

/** Only lines in which the bus has to find the id: those over the limit, and objects. */
function unanswered(story: Story, stray: readonly Line[]): Fault {
  for (const line of stray) {
    if (line.idJson === undefined || line.atUs > momentsOf(story).stopUs) continue;
    const fault = hasMethod(line) ? unansweredWorker(story, line) : unansweredClient(story, line);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function hasMethod({ bytes }: Line): boolean {
  return 'method' in JSON.parse(bytes.toString());
}

function unansweredClient(story: Story, line: Line): Fault {
  const question = story.questionOf.get(line);
  const source = question && story.sourceOf.get(question);
  if (source === undefined) return undefined;
  const answer = answerTo(story, source);
  if (answer?.isError) return undefined;
  return {
    reason: 'the request of a response that was no frame got no error',
    expected: `an error to ${quoted(source)}`,
    seen: answer === undefined ? 'nothing' : quoted(answer),
    records: [source.seq, line.seq, ...(answer === undefined ? [] : [answer.seq])],
  };
}

function unansweredWorker(story: Story, line: Line): Fault {
  const isAnswered = story.workerReceived.some(
    ({ place, idJson, isError, seq }) =>
      place === line.place && idJson === line.idJson && isError && seq > line.seq,
  );
  if (isAnswered) return undefined;
  return {
    reason: 'a worker whose request was no frame got no error',
    expected: `an error with the id ${line.idJson} at ${line.place}`,
    seen: 'nothing',
    records: [line.seq],
  };
}
