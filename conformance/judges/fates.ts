import { type Finding, failed, type Judge, passed, unclear } from '../finding.ts';
import type { Line, Story } from '../history/story.ts';
import { errorCodeOf } from './answers.ts';
import { quoted } from './moments.ts';

/**
 * What has to become of a frame. A scenario writes it into the frame, as a member `fate` anywhere in
 * its params, result or error, so that the history itself says it:
 * `dropped`: nobody reads it; `error`: nobody reads it, and its sender gets an error with its id;
 * `-32600`: the same, with this code; `at POOL`: a worker of the pool reads it; `at POOL or error`.
 */
export type Fate = 'dropped' | 'error' | '-32600' | `at ${string}`;

/** A judge that passes a requirement where so many frames at least met their fate, and all of them. */
export function fatesAreMet(requirement: string, atLeast = 1): Judge {
  return (story): Finding[] => {
    const sent = [...story.clientSent, ...story.workerSent].filter(
      (line) => fateOf(line) !== undefined,
    );
    const wrong = sent.find((line) => faultOf(story, line) !== undefined);
    if (wrong !== undefined) {
      const { reason, seen = 'nothing' } = faultOf(story, wrong) ?? { reason: '' };
      const expected = `${fateOf(wrong)}: ${quoted(wrong)}`;
      return [failed(requirement, { reason, expected, seen, records: [wrong.seq] })];
    }
    const met = sent.filter((line) => isSettled(story, line));
    if (met.length >= atLeast) return [passed(requirement)];
    return [unclear(requirement, { reason: `the fate of fewer than ${atLeast} frames is known` })];
  };
}

function fateOf({ bytes }: Line): Fate | undefined {
  const text = bytes.toString('latin1');
  // What a worker only gives back has no fate of its own.
  if (text.includes('"echo":')) return undefined;
  return /"fate":"([^"]+)"/.exec(text)?.[1] as Fate | undefined;
}

function readersOf(story: Story, line: Line): readonly Line[] {
  return (isClients(story, line) ? story.deliveries : story.receipts).get(line) ?? [];
}

function isClients(story: Story, { place }: Line): boolean {
  return story.connections.has(place);
}

/** The errors that the bus itself gave to the sender, with the id of the frame. */
function errorsFor(story: Story, { place, idJson, atUs }: Line): Line[] {
  const isOne = (line: Line) =>
    line.place === place && line.isError && line.idJson === idJson && line.atUs >= atUs;
  return [
    ...story.clientReceived.filter((line) => isOne(line) && !story.originOf.has(line)),
    ...story.workerReceived.filter((line) => isOne(line) && !story.sourceOf.has(line)),
  ];
}

function faultOf(
  story: Story,
  line: Line,
): { readonly reason: string; readonly seen?: string } | undefined {
  const fate = fateOf(line);
  const readers = readersOf(story, line);
  if (fate?.startsWith('at ')) {
    const [, pool = '', orError] = /^at (.*?)( or error)?$/.exec(fate) ?? [];
    const elsewhere = readers.find(({ place }) => !place.startsWith(`${pool}/`));
    if (elsewhere !== undefined) {
      return { reason: 'a frame went to another pool', seen: `at ${elsewhere.place}` };
    }
    const [error] = errorsFor(story, line);
    if (readers.length > 0 || error === undefined || orError !== undefined) return undefined;
    return { reason: 'a frame was refused that has a pool', seen: quoted(error) };
  }
  const [reader] = readers;
  if (reader !== undefined) {
    const reason = 'a frame was passed on that has to be dropped or refused';
    return { reason, seen: `at ${reader.place}` };
  }
  const errors = errorsFor(story, line);
  const [error] = errors;
  if (fate !== '-32600' || error === undefined) return undefined;
  if (errors.some((each) => errorCodeOf(each) === -32600)) return undefined;
  return { reason: 'a frame was refused with another code than -32600', seen: quoted(error) };
}

/** Whether it is known what became of it; what has not come may still be under way. */
function isSettled(story: Story, line: Line): boolean {
  const fate = fateOf(line);
  if (fate === 'dropped') return isPast(story, line);
  const hasError = errorsFor(story, line).length > 0;
  if (fate?.startsWith('at ')) return hasError || readersOf(story, line).length > 0;
  return hasError;
}

/** Whether the bus has passed on something that the sender wrote after it, or answered it. */
function isPast(story: Story, { place, index, seq }: Line): boolean {
  const isLater = (line: Line) => line.place === place && line.index > index;
  const arrived = [...story.sourceOf.values(), ...story.originOf.values()];
  return (
    arrived.some(isLater) ||
    // A line of the sender's stream that the bus refused was read after it as well.
    story.clientReceived.some(
      (answer) =>
        answer.place === place &&
        answer.seq > seq &&
        story.clientSent.some((later) => isLater(later) && later.idJson === answer.idJson),
    )
  );
}
