import { type Frame, frameFromLine } from '../history/frame.ts';

/** What bytes on a wire come to, for people. */
export interface FrameWords {
  /** A few words, for an arrow. */
  readonly label: string;
  /** All of it, for a sentence. */
  readonly sentence: string;
  readonly sessionId?: string;
  /** The id of a request or a response that these bytes are, as it is spelled. */
  readonly idJson?: string;
  readonly kind?: Frame['kind'];
  readonly tone?: 'bad' | 'warn';
}

const longestId = 24;
const longestMethod = 18;

/** Says what was sent or read at once: a frame, several, or a part of one. */
export function frameWords(
  bytes: Buffer,
  {
    sessionIdField,
    writer,
    byteCount,
  }: {
    readonly sessionIdField: string;
    readonly writer: 'client' | 'worker';
    /** How many there were, where these are only the first of them. */
    readonly byteCount?: number | undefined;
  },
): FrameWords {
  if (byteCount !== undefined) {
    const label = countOfBytes(byteCount);
    return { label, sentence: label };
  }
  const end = bytes.indexOf(10);
  if (end === -1) {
    const label = `part of a line, ${countOfBytes(bytes.length)}`;
    return { label, sentence: `${label}, without an LF` };
  }
  if (end === bytes.length - 1) {
    return lineWords(frameFromLine(bytes.subarray(0, end), sessionIdField, writer), bytes);
  }
  return severalWords(bytes, sessionIdField, writer);
}

function severalWords(
  bytes: Buffer,
  sessionIdField: string,
  writer: 'client' | 'worker',
): FrameWords {
  const lines = bytes.toString('latin1').split('\n');
  const rest = lines.pop() as string;
  const first = Buffer.from(lines[0] as string, 'latin1');
  const words = lineWords(frameFromLine(first, sessionIdField, writer), first);
  const others = [
    `${lines.length} line${lines.length === 1 ? '' : 's'}`,
    ...(rest === '' ? [] : [`a part of one, ${countOfBytes(rest.length)}`]),
  ].join(' and ');
  const { sessionId } = words;
  return {
    label: `${others}: ${words.label}`,
    sentence: `${others} at once; the first: ${words.sentence}`,
    ...(sessionId !== undefined && { sessionId }),
  };
}

function lineWords(frame: Frame, bytes: Buffer): FrameWords {
  const { kind, method, idJson, sessionId, isError, fault, pool } = frame;
  const facts = { kind, ...(sessionId !== undefined && { sessionId }) };
  const id = idJson === undefined ? '' : short(idJson);
  const session = sessionId === undefined ? '' : short(sessionId);
  const tail = [
    ...(id === '' ? [] : [`id ${id}`]),
    ...(session === '' ? [] : [`session ${session}`]),
    ...(pool === undefined ? [] : [`pool ${short(pool)}`]),
  ];
  const brief = [...(id === '' ? [] : [`#${id}`]), ...(session === '' ? [] : [`· ${session}`])];
  const say = (what: string, long: string): FrameWords => ({
    ...facts,
    ...(idJson !== undefined && { idJson }),
    label: [what, ...brief].join(' '),
    sentence: [long, ...tail].join(', '),
  });
  switch (kind) {
    case 'request':
      return say(endOf(method ?? ''), `request ${method}`);
    case 'notification':
      return say(endOf(method ?? ''), `notification ${method}`);
    case 'response': {
      if (!isError) return say('result', 'response with a result');
      const code = errorCode(bytes);
      return { ...say(`error ${code}`, `response with the error ${code}`), tone: 'warn' };
    }
    case 'blank':
      return { label: 'a blank line', sentence: 'a blank line', kind };
    case 'refused':
      return { ...say(fault ?? 'refused', `no frame: ${fault}`), tone: 'warn' };
  }
}

function errorCode(bytes: Buffer): string {
  const { error } = JSON.parse(bytes.toString()) as { error?: { code?: unknown } };
  const code = error?.code;
  return typeof code === 'number' ? String(code).replace('-', '−') : 'without a code';
}

function short(text: string): string {
  return text.length <= longestId ? text : `${text.slice(0, longestId)}…`;
}

/** Of a long method, its end says most. */
function endOf(method: string): string {
  return method.length <= longestMethod ? method : `…${method.slice(1 - longestMethod)}`;
}

function countOfBytes(count: number): string {
  return `${count.toLocaleString('en')} byte${count === 1 ? '' : 's'}`;
}
