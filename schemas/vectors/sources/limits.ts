import { accepted, bytes, type Envelope, refused, repeated } from './byte-vector.ts';
import { limitCases, padded } from './limit-cases.ts';
import type { Topic } from './topic.ts';

const x: Envelope = { kind: 'request', idJson: '1', method: 'x' };

function passes(id: string, description: string, length: number) {
  return accepted({ id, description, line: padded(length), is: x });
}

export const limits: Topic = {
  title: 'Lines at, below and over limits that a configuration may name',
  vectors: [
    ...limitCases(1024),
    passes('FRM-6/below-mebibyte', 'A line of 1 MiB - 1 passes the default limit', 1_048_575),
    passes('FRM-6/exact-mebibyte', 'A line of 1 MiB passes the default limit', 1_048_576),
    refused({
      id: 'FRM-6/over-mebibyte',
      description: 'A line of 1 MiB + 1 is over the default limit',
      line: padded(1_048_577),
      code: -32055,
      idJson: 'null',
    }),
    passes('FRM-6/64-kib-minus-1', 'A line of 65 535 bytes is a line like any other', 65_535),
    passes('FRM-6/64-kib', 'A line of 65 536 bytes is a line like any other', 65_536),
    passes('FRM-6/64-kib-plus-1', 'A line of 65 537 bytes is a line like any other', 65_537),
    passes('FRM-6/4096-bytes', 'A line of 4096 bytes is a line like any other', 4096),
    passes('FRM-6/4097-bytes', 'A line of 4097 bytes is a line like any other', 4097),
    bytes({
      id: 'FRM-6/over-mebibyte-endless',
      description:
        'Ten megabytes without an LF are refused once, and the stream goes on after them',
      chunks: [
        ...Array.from({ length: 10 }, () => repeated('a', 1_000_000)),
        '\n{"id":2,"method":"ok"}\n',
      ],
      frames: [
        { line: 2, kind: 'request', idJson: '2', method: 'ok', text: '{"id":2,"method":"ok"}' },
      ],
      errors: [{ line: 1, code: -32055, idJson: 'null' }],
    }),
  ],
};
