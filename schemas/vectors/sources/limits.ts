import {
  accepted,
  byteByByte,
  bytes,
  type Chunk,
  cutAt,
  type Envelope,
  type ExpectedError,
  type ExpectedFrame,
  refused,
  repeated,
} from './byte-vector.ts';
import type { Topic } from './topic.ts';

const x: Envelope = { kind: 'request', idJson: '1', method: 'x' };
const tooLong = (line: number): ExpectedError => ({ line, code: -32055, idJson: 'null' });

/** The request x, padded in its params to this many bytes; `{"id":1,"method":"x","p":""}` has 28. */
function padded(length: number): readonly Chunk[] {
  return ['{"id":1,"method":"x","p":"', repeated('a', length - 28), '"}'];
}

/** The same line in one piece, for short limits. */
function paddedText(length: number): string {
  return `{"id":1,"method":"x","p":"${'a'.repeat(length - 28)}"}`;
}

function passes(id: string, description: string, length: number, maxFrameBytes?: number) {
  const limit = maxFrameBytes === undefined ? {} : { maxFrameBytes };
  return accepted({ id, description, line: padded(length), ...limit, is: x });
}

function passesNot(id: string, description: string, length: number, maxFrameBytes?: number) {
  const limit = maxFrameBytes === undefined ? {} : { maxFrameBytes };
  return refused({ id, description, line: padded(length), ...limit, code: -32055, idJson: 'null' });
}

/** Reads with a limit of 64 bytes. */
function within64(
  id: string,
  description: string,
  rest: { chunks: readonly Chunk[]; frames: readonly ExpectedFrame[]; errors: ExpectedError[] },
) {
  return bytes({ id, description, maxFrameBytes: 64, ...rest });
}

const okText = '{"id":2,"method":"ok"}';
const okOn = (line: number): ExpectedFrame => {
  return { line, kind: 'request', idJson: '2', method: 'ok', text: okText };
};

const tickText = '{"method":"tick"}';
const tickOn = (line: number): ExpectedFrame => {
  return { line, kind: 'notification', method: 'tick', text: tickText };
};

export const limits: Topic = {
  title: 'Lines at, below and over the limit',
  vectors: [
    passes('FRM-6/limit-64-minus-1', 'A line of 63 bytes passes a limit of 64', 63, 64),
    passes('FRM-6/limit-64', 'A line of 64 bytes passes a limit of 64', 64, 64),
    passesNot('FRM-6/limit-64-plus-1', 'A line of 65 bytes is over a limit of 64', 65, 64),
    passes('FRM-6/limit-1024-minus-1', 'A line of 1023 bytes passes a limit of 1024', 1023, 1024),
    passes('FRM-6/limit-1024', 'A line of 1024 bytes passes a limit of 1024', 1024, 1024),
    passesNot(
      'FRM-6/limit-1024-plus-1',
      'A line of 1025 bytes is over a limit of 1024',
      1025,
      1024,
    ),
    passes('FRM-6/mebibyte-minus-1', 'A line of 1 MiB - 1 passes the default limit', 1_048_575),
    passes('FRM-6/mebibyte', 'A line of 1 MiB passes the default limit', 1_048_576),
    passesNot('FRM-6/mebibyte-plus-1', 'A line of 1 MiB + 1 is over the default limit', 1_048_577),
    passes('FRM-6/64-kib-minus-1', 'A line of 65 535 bytes is a line like any other', 65_535),
    passes('FRM-6/64-kib', 'A line of 65 536 bytes is a line like any other', 65_536),
    passes('FRM-6/64-kib-plus-1', 'A line of 65 537 bytes is a line like any other', 65_537),
    passes('FRM-6/4096-bytes', 'A line of 4096 bytes is a line like any other', 4096),
    passes('FRM-6/4097-bytes', 'A line of 4097 bytes is a line like any other', 4097),
    passesNot('FRM-6/far-over', 'A line of a thousand times the limit is refused once', 64_000, 64),

    accepted({
      id: 'FRM-6/cr-within-limit',
      description: 'A CR counts: 63 bytes and a CR pass a limit of 64',
      line: `${paddedText(63)}\r`,
      maxFrameBytes: 64,
      is: x,
    }),
    refused({
      id: 'FRM-6/cr-over-limit',
      description: 'A CR counts: 64 bytes and a CR are over a limit of 64',
      line: `${paddedText(64)}\r`,
      maxFrameBytes: 64,
      code: -32055,
      idJson: 'null',
    }),
    refused({
      id: 'FRM-6/spaces-over-limit',
      description: 'Spaces after a frame count',
      line: `${paddedText(60)}     `,
      maxFrameBytes: 64,
      code: -32055,
      idJson: 'null',
    }),
    accepted({
      id: 'FRM-6/characters-are-not-bytes',
      description: 'The limit counts bytes: 18 characters of two bytes fill 36 of 64',
      line: `{"id":1,"method":"x","p":"${'é'.repeat(18)}"}`,
      maxFrameBytes: 64,
      is: x,
    }),
    refused({
      id: 'FRM-6/characters-over-limit',
      description: 'The limit counts bytes: 19 characters of two bytes are over it',
      line: `{"id":1,"method":"x","p":"${'é'.repeat(19)}"}`,
      maxFrameBytes: 64,
      code: -32055,
      idJson: 'null',
    }),
    refused({
      id: 'FRM-6/bad-json-over-limit',
      description: 'A line over the limit is not looked into: bad JSON is too long first',
      line: ']'.repeat(65),
      maxFrameBytes: 64,
      code: -32055,
      idJson: 'null',
    }),
    refused({
      id: 'FRM-6/id-over-limit',
      description: 'A line over the limit is answered with id null, whatever id it has',
      line: `{"id":1,"method":"${'m'.repeat(64)}"}`,
      maxFrameBytes: 64,
      code: -32055,
      idJson: 'null',
    }),
    refused({
      id: 'FRM-6/blank-over-limit',
      description: 'A line of spaces over the limit is too long before it is blank',
      line: ' '.repeat(65),
      maxFrameBytes: 64,
      code: -32055,
      idJson: 'null',
    }),
    within64('FRM-6/blank-at-limit', 'A line of spaces at the limit is blank', {
      chunks: [`${' '.repeat(64)}\n${okText}\n`],
      frames: [okOn(2)],
      errors: [],
    }),

    within64('FRM-6/at-limit-byte-by-byte', 'A line at the limit passes in reads of one byte', {
      chunks: byteByByte(`${paddedText(64)}\n`),
      frames: [{ line: 1, ...x, text: paddedText(64) }],
      errors: [],
    }),
    within64('FRM-6/at-limit-lf-alone', 'The LF of a line at the limit may come alone', {
      chunks: [paddedText(64), '\n', `${okText}\n`],
      frames: [{ line: 1, ...x, text: paddedText(64) }, okOn(2)],
      errors: [],
    }),
    within64('FRM-6/over-byte-by-byte', 'An over-long line is refused once, byte by byte too', {
      chunks: byteByByte(`${paddedText(70)}\n${okText}\n`),
      frames: [okOn(2)],
      errors: [tooLong(1)],
    }),
    within64('FRM-6/over-in-reads', 'After an over-long line in many reads the next frame passes', {
      chunks: [...cutAt(paddedText(200), 10, 63, 64, 65, 66, 128, 129), '\n', `${okText}\n`],
      frames: [okOn(2)],
      errors: [tooLong(1)],
    }),
    within64(
      'FRM-6/over-by-its-last-byte',
      'The byte over the limit may come in a read of its own',
      {
        chunks: [paddedText(65).slice(0, 64), paddedText(65).slice(64), '\n', `${okText}\n`],
        frames: [okOn(2)],
        errors: [tooLong(1)],
      },
    ),
    within64('FRM-6/over-with-next-frame', 'The rest of an over-long line may come with a frame', {
      chunks: [paddedText(100).slice(0, 90), `${paddedText(100).slice(90)}\n${okText}\n`],
      frames: [okOn(2)],
      errors: [tooLong(1)],
    }),
    within64(
      'FRM-6/over-holds-a-frame',
      'The rest of an over-long line is never taken for a frame',
      {
        chunks: ['a'.repeat(65), `${okText}`, '\n', `${okText}\n`],
        frames: [okOn(2)],
        errors: [tooLong(1)],
      },
    ),
    within64('FRM-6/over-cut-in-sequence', 'An over-long line may be cut inside a UTF-8 sequence', {
      chunks: [...cutAt(`"${'é'.repeat(40)}"`, 64), `\n${okText}\n`],
      frames: [okOn(2)],
      errors: [tooLong(1)],
    }),
    within64('FRM-6/two-over', 'Two over-long lines are refused one by one', {
      chunks: [`${paddedText(65)}\n${paddedText(66)}\n${okText}\n`],
      frames: [okOn(3)],
      errors: [tooLong(1), tooLong(2)],
    }),
    within64('FRM-6/over-between-frames', 'An over-long line does not touch the frames round it', {
      chunks: [`${paddedText(64)}\n${paddedText(65)}\n${okText}\n`],
      frames: [{ line: 1, ...x, text: paddedText(64) }, okOn(3)],
      errors: [tooLong(2)],
    }),
    within64('FRM-6/over-then-blank-then-bad', 'Lines are counted on after an over-long one', {
      chunks: [`${paddedText(65)}\n\n}\n${okText}\n`],
      frames: [okOn(4)],
      errors: [tooLong(1), { line: 3, code: -32700, idJson: 'null' }],
    }),
    within64('FRM-6/frames-add-up', 'The limit is for a line, not for a read or a stream', {
      chunks: [`${tickText}\n`, `${tickText}\n`.repeat(8)],
      frames: [1, 2, 3, 4, 5, 6, 7, 8, 9].map(tickOn),
      errors: [],
    }),
    within64('FRM-6/over-at-end', 'An over-long line that the stream ends is refused once', {
      chunks: [paddedText(65), paddedText(65)],
      frames: [],
      errors: [tooLong(1)],
    }),
    within64('FRM-6/over-by-one-at-end', 'One byte over the limit without an LF is over-long', {
      chunks: [paddedText(65)],
      frames: [],
      errors: [tooLong(1)],
    }),
    within64(
      'FRM-6/at-limit-at-end',
      'A line at the limit without an LF is no frame, not over-long',
      {
        chunks: [paddedText(64)],
        frames: [],
        errors: [{ line: 1, code: -32700, idJson: 'null' }],
      },
    ),
    bytes({
      id: 'FRM-6/endless-line',
      description:
        'Ten megabytes without an LF are refused once, and the stream goes on after them',
      chunks: [...Array.from({ length: 10 }, () => repeated('a', 1_000_000)), `\n${okText}\n`],
      frames: [okOn(2)],
      errors: [tooLong(1)],
    }),
  ],
};
