import { byteByByte, bytes } from './byte-vector.ts';
import { limitCases } from './limit-cases.ts';
import type { Topic } from './topic.ts';

// A configuration names 1024 bytes at least: these are for a decoder under test.

const exactText = `{"id":1,"method":"x","p":"${'a'.repeat(36)}"}`;
const overText = `{"id":1,"method":"x","p":"${'a'.repeat(42)}"}`;
const okText = '{"id":2,"method":"ok"}';

export const shortLimits: Topic = {
  title: 'The same at a limit of 64 bytes, for a decoder under test',
  vectors: [
    ...limitCases(64),
    bytes({
      id: 'FRM-6/exact-64-byte-by-byte',
      description: 'A line at the limit passes in reads of one byte',
      chunks: byteByByte(`${exactText}\n`),
      maxFrameBytes: 64,
      frames: [{ line: 1, kind: 'request', idJson: '1', method: 'x', text: exactText }],
      errors: [],
    }),
    bytes({
      id: 'FRM-6/over-64-byte-by-byte',
      description: 'An over-long line is refused once, byte by byte too',
      chunks: byteByByte(`${overText}\n${okText}\n`),
      maxFrameBytes: 64,
      frames: [{ line: 2, kind: 'request', idJson: '2', method: 'ok', text: okText }],
      errors: [{ line: 1, code: -32055, idJson: 'null' }],
    }),
  ],
};
