import {
  accepted,
  type ByteVector,
  bytes,
  type Chunk,
  cutAt,
  type Envelope,
  type ExpectedError,
  type ExpectedFrame,
  refused,
  repeated,
} from './byte-vector.ts';

const x: Envelope = { kind: 'request', idJson: '1', method: 'x' };
const okText = '{"id":2,"method":"ok"}';
const okOn = (line: number): ExpectedFrame => {
  return { line, kind: 'request', idJson: '2', method: 'ok', text: okText };
};
const tooLong = (line: number): ExpectedError => ({ line, code: -32055, idJson: 'null' });

/** The request x, padded in its `p` to this many bytes; `{"id":1,"method":"x","p":""}` has 28. */
export function padded(length: number): readonly Chunk[] {
  return ['{"id":1,"method":"x","p":"', repeated('a', length - 28), '"}'];
}

/** The same line in one piece. */
function paddedText(length: number): string {
  return `{"id":1,"method":"x","p":"${'a'.repeat(length - 28)}"}`;
}

/** The same with characters of two bytes: this many bytes, an even number. */
function paddedTwoByte(length: number): string {
  return `{"id":1,"method":"x","p":"${'é'.repeat((length - 28) / 2)}"}`;
}

/**
 * The cases of one limit, an even number of 64 or more. Ids tell lines below the limit (`below-`),
 * of exactly the limit (`exact-`), over it (`over-`), and blanks over it (`blank-over-`): another
 * bus has other latitude for each.
 */
export function limitCases(limit: number): readonly ByteVector[] {
  return [...linesAlone(limit), ...linesInReads(limit), ...linesInARow(limit), ...ends(limit)];
}

/** One line each, in one read. */
function linesAlone(limit: number): ByteVector[] {
  const passes = (id: string, description: string, line: string) =>
    accepted({ id, description, line, maxFrameBytes: limit, is: x });
  const passesNot = (id: string, description: string, line: string) =>
    refused({ id, description, line, maxFrameBytes: limit, code: -32055, idJson: 'null' });
  const [below, exact, over] = [
    `FRM-6/below-${limit}`,
    `FRM-6/exact-${limit}`,
    `FRM-6/over-${limit}`,
  ];
  return [
    passes(below, `A line of ${limit - 1} bytes passes a limit of ${limit}`, paddedText(limit - 1)),
    passes(
      `${below}-with-cr`,
      `A CR may fill it to ${limit - 1} bytes`,
      `${paddedText(limit - 2)}\r`,
    ),
    passes(
      `${below}-in-two-byte-characters`,
      `The limit counts bytes: fewer characters than ${limit - 2} fill ${limit - 2}`,
      paddedTwoByte(limit - 2),
    ),
    passes(exact, `A line of ${limit} bytes passes a limit of ${limit}`, paddedText(limit)),
    passes(`${exact}-with-cr`, `A CR counts: with it ${limit} bytes`, `${paddedText(limit - 1)}\r`),
    passes(`${exact}-with-space`, 'A space before a frame counts', ` ${paddedText(limit - 1)}`),
    passes(
      `${exact}-in-two-byte-characters`,
      `The limit counts bytes: fewer characters than ${limit} fill ${limit}`,
      paddedTwoByte(limit),
    ),
    passesNot(over, `A line of ${limit + 1} bytes is over ${limit}`, paddedText(limit + 1)),
    passesNot(`${over}-with-cr`, `A CR counts: with it ${limit + 1}`, `${paddedText(limit)}\r`),
    passesNot(`${over}-with-spaces`, 'Spaces after a frame count', `${paddedText(limit - 4)}     `),
    passesNot(
      `${over}-in-two-byte-characters`,
      'The limit counts bytes: fewer characters than the limit are over it',
      paddedTwoByte(limit + 2),
    ),
    passesNot(
      `${over}-bad-json`,
      'A line over the limit is not looked into: bad JSON is too long first',
      ']'.repeat(limit + 1),
    ),
    passesNot(
      `${over}-with-id`,
      'A line over the limit is answered with id null, whatever id it has',
      `{"id":1,"method":"${'m'.repeat(limit)}"}`,
    ),
    passesNot(
      `FRM-6/blank-over-${limit}`,
      'A line of spaces over the limit is too long before it is blank',
      ' '.repeat(limit + 1),
    ),
    passesNot(
      `FRM-6/blank-over-${limit}-with-cr`,
      'A CR makes a line of spaces at the limit too long',
      `${' '.repeat(limit)}\r`,
    ),
    refused({
      id: `FRM-6/over-${limit}-far`,
      description: 'A line of a thousand times the limit is refused once',
      line: padded(limit * 1000),
      maxFrameBytes: limit,
      code: -32055,
      idJson: 'null',
    }),
  ];
}

/** One line that comes in several reads, and the next frame. */
function linesInReads(limit: number): ByteVector[] {
  const passes = (id: string, description: string, chunks: readonly Chunk[]) => {
    const frames = [{ line: 1, ...x, text: paddedText(limit) }, okOn(2)];
    return bytes({ id, description, chunks, maxFrameBytes: limit, frames, errors: [] });
  };
  const passesNot = (id: string, description: string, chunks: readonly Chunk[]) => {
    const rest = { maxFrameBytes: limit, frames: [okOn(2)], errors: [tooLong(1)] };
    return bytes({ id, description, chunks, ...rest });
  };
  const next = `\n${okText}\n`;
  return [
    passes(`FRM-6/exact-${limit}-in-reads`, 'A line at the limit may come in reads', [
      ...cutAt(paddedText(limit), 1, limit - 1),
      next,
    ]),
    passes(`FRM-6/exact-${limit}-lf-alone`, 'The LF of a line at the limit may come alone', [
      paddedText(limit),
      '\n',
      `${okText}\n`,
    ]),
    passesNot(
      `FRM-6/over-${limit}-in-reads`,
      'After an over-long line in many reads the next frame passes',
      [
        ...cutAt(paddedText(3 * limit), 10, limit - 1, limit, limit + 1, 2 * limit, 2 * limit + 1),
        '\n',
        `${okText}\n`,
      ],
    ),
    passesNot(
      `FRM-6/over-${limit}-by-its-last-byte`,
      'The byte over the limit may come in a read of its own',
      [...cutAt(paddedText(limit + 1), limit), '\n', `${okText}\n`],
    ),
    passesNot(
      `FRM-6/over-${limit}-with-next-frame`,
      'The rest of an over-long line may come in one read with the next frame',
      [
        paddedText(limit + 36).slice(0, limit + 26),
        `${paddedText(limit + 36).slice(limit + 26)}${next}`,
      ],
    ),
    passesNot(
      `FRM-6/over-${limit}-holds-a-frame`,
      'The rest of an over-long line is never taken for a frame',
      ['a'.repeat(limit + 1), okText, next],
    ),
    passesNot(
      `FRM-6/over-${limit}-cut-in-sequence`,
      'An over-long line may be cut inside a UTF-8 sequence',
      [...cutAt(`"${'é'.repeat(limit)}"`, limit), next],
    ),
  ];
}

/** Several lines. */
function linesInARow(limit: number): ByteVector[] {
  const inARow = (
    id: string,
    description: string,
    rest: { chunks: readonly Chunk[]; frames: readonly ExpectedFrame[]; errors: ExpectedError[] },
  ) => bytes({ id, description, maxFrameBytes: limit, ...rest });
  const tickText = `{"method":"tick","p":"${'a'.repeat(limit - 25)}"}`;
  return [
    inARow(`FRM-6/exact-${limit}-blank`, 'A line of spaces at the limit is blank', {
      chunks: [`${' '.repeat(limit)}\n${okText}\n`],
      frames: [okOn(2)],
      errors: [],
    }),
    inARow(`FRM-6/over-${limit}-two`, 'Two over-long lines are refused one by one', {
      chunks: [`${paddedText(limit + 1)}\n${paddedText(limit + 2)}\n${okText}\n`],
      frames: [okOn(3)],
      errors: [tooLong(1), tooLong(2)],
    }),
    inARow(
      `FRM-6/over-${limit}-between-frames`,
      'An over-long line does not touch the frames round it',
      {
        chunks: [`${paddedText(limit - 1)}\n${paddedText(limit + 1)}\n${okText}\n`],
        frames: [{ line: 1, ...x, text: paddedText(limit - 1) }, okOn(3)],
        errors: [tooLong(2)],
      },
    ),
    inARow(
      `FRM-6/over-${limit}-then-blank-then-bad`,
      'Lines are counted on after an over-long one',
      {
        chunks: [`${paddedText(limit + 1)}\n\n}\n${okText}\n`],
        frames: [okOn(4)],
        errors: [tooLong(1), { line: 3, code: -32700, idJson: 'null' }],
      },
    ),
    inARow(
      `FRM-6/below-${limit}-frames-add-up`,
      'The limit is for a line, not for a read or a stream',
      {
        chunks: [`${tickText}\n`, `${tickText}\n`.repeat(2)],
        frames: [1, 2, 3].map((line) => {
          return { line, kind: 'notification', method: 'tick', text: tickText };
        }),
        errors: [],
      },
    ),
  ];
}

/** Lines that the end of the stream ends. */
function ends(limit: number): ByteVector[] {
  const ended = (
    id: string,
    description: string,
    chunks: readonly Chunk[],
    code: -32055 | -32700,
  ) =>
    bytes({
      id,
      description,
      chunks,
      maxFrameBytes: limit,
      frames: [],
      errors: [{ line: 1, code, idJson: 'null' }],
    });
  return [
    ended(
      `FRM-6/below-${limit}-at-end`,
      'A line below the limit without an LF is no frame, not over-long',
      [paddedText(limit - 1)],
      -32700,
    ),
    ended(
      `FRM-6/exact-${limit}-at-end`,
      'A line at the limit without an LF is no frame, not over-long',
      [paddedText(limit)],
      -32700,
    ),
    ended(
      `FRM-6/over-${limit}-by-one-at-end`,
      'One byte over the limit without an LF is over-long',
      [paddedText(limit + 1)],
      -32055,
    ),
    ended(
      `FRM-6/over-${limit}-at-end`,
      'An over-long line that the stream ends is refused once',
      [paddedText(limit + 1), paddedText(limit + 1)],
      -32055,
    ),
  ];
}
