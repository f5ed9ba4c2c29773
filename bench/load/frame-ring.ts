const sentences = [
  'The failing test opens a socket before the server listens.',
  'Moved the retry into the client, so that \\"connect\\" no longer races.\\n',
  'Next: run the suite again and compare the timings with the last build.',
  'It reads one frame at a time; a half line stays where it is until its end comes.\\n',
];
const mostTextBytes = 400;

/** Ids have this many digits, so that all frames are of one length. */
export const idDigits = 9;
/** The least id; 2^29 more fit below the greatest of nine digits, and all are small integers. */
export const firstId = 100_000_000;
/** The id of the request that ends a run: its answer comes after all others. */
export const fenceId = 999_999_999;
/** Session ids look like UUIDs and end in this many digits. */
export const sessionDigits = 7;
const firstSession = '0198c0de-7a3e-7b10-9c4d-000000000000';

export interface RingOptions {
  readonly frames: number;
  readonly frameBytes: number;
  readonly method: string;
}

/**
 * Frames that are built once, one after another in one buffer, so that many go in one write. Before
 * each use only the digits of the id and of the session are written.
 */
export interface FrameRing {
  readonly bytes: Buffer;
  readonly frameBytes: number;
  readonly frames: number;
  /** Writes the digits of the frame in this place. */
  address(place: number, id: number, session: number): void;
}

export function createFrameRing({ frames, frameBytes, method }: RingOptions): FrameRing {
  const frame = Buffer.from(frameOf(frameBytes, method));
  const idAt = frame.indexOf(String(firstId));
  const sessionAt = frame.indexOf(firstSession) + firstSession.length - sessionDigits;
  const bytes = Buffer.alloc(frames * frameBytes, frame);
  return {
    bytes,
    frameBytes,
    frames,
    address(place, id, session) {
      const start = place * frameBytes;
      writeDigits(bytes, start + idAt, idDigits, id);
      writeDigits(bytes, start + sessionAt, sessionDigits, session);
    },
  };
}

/** One request that ends a run, with params like those of the ring, so that its answer is as long. */
export function fenceFrame(frameBytes: number, method: string): Buffer {
  const frame = frameOf(frameBytes, 'echo').replace('"echo"', JSON.stringify(method));
  return Buffer.from(frame.replace(String(firstId), String(fenceId)));
}

/** A request of an exact length, LF included, with prose as an agent sends it. */
export function frameOf(frameBytes: number, method: string): string {
  const [start, end] = [
    `{"jsonrpc":"2.0","id":${firstId},"method":${JSON.stringify(method)},"sessionId":"${firstSession}","params":{"kind":"agent_message_chunk","blocks":["`,
    '"]}}\n',
  ];
  const textBytes = frameBytes - start.length - end.length;
  if (textBytes < 0)
    throw new RangeError(`a frame has at least ${start.length + end.length} bytes`);
  return start + textOf(textBytes) + end;
}

function textOf(textBytes: number): string {
  let text = '';
  let blockStart = 0;
  for (let turn = 0; ; turn++) {
    const sentence = sentences[turn % sentences.length] as string;
    const isBlockFull = text.length - blockStart + sentence.length > mostTextBytes;
    const more = isBlockFull ? `","${sentence}` : sentence;
    if (text.length + more.length > textBytes) break;
    if (isBlockFull) blockStart = text.length + 3;
    text += more;
  }
  return text.padEnd(textBytes, '.');
}

function writeDigits(bytes: Buffer, start: number, digits: number, value: number): void {
  let rest = value;
  for (let at = start + digits - 1; at >= start; at--) {
    const next = (rest / 10) | 0;
    bytes[at] = 48 + rest - next * 10;
    rest = next;
  }
}
