import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const chunk = definition('vector#ByteChunk');
const vectorId = definition('vector#VectorId');
const frame = definition('vector#ExpectedFrame');
const error = definition('vector#ExpectedError');
const byteVector = definition('vector#ByteVector');
const valueVector = definition('vector#ValueVector');
const vector = definition('vector#Vector');
const file = definition('vector#VectorFile');

const text = '{"id":1,"method":"x"}';
const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const accepted = { line: 1, kind: 'request', idJson: '1', method: 'x', text };
const refused = { line: 2, code: -32700, idJson: 'null' };
const ofBytes = {
  id: 'FRM-3/split',
  description: 'A frame cut in two reads is one frame',
  requirement: 'FRM-3',
  chunks: ['eyJpZCI6MSwibWV0', 'aG9kIjoieCJ9Cg=='],
  frames: [accepted],
  errors: [],
};
const ofValue = {
  id: 'FRM-5/id-true',
  description: 'An id is a string or a number',
  requirement: 'FRM-5',
  schema: 'frame#Request',
  valid: false,
  frame: true,
};

export const vectors: Topic = {
  title: 'The vectors themselves',
  vectors: [
    chunk.accepts('FRM-3/chunk', 'A read is base64', 'eyJpZCI6MX0K'),
    chunk.accepts('FRM-3/chunk-empty', 'A read may be empty', ''),
    chunk.accepts('FRM-3/chunk-repeated', 'A read may repeat', { base64: 'Ww==', times: 100000 }),
    chunk.accepts('FRM-3/chunk-once', 'A read may repeat once', { base64: 'Ww==', times: 1 }),
    chunk.refuses('FRM-3/chunk-never', 'A read does not repeat zero times', {
      base64: 'Ww==',
      times: 0,
    }),
    chunk.accepts('FRM-3/chunk-most', 'A read may repeat ten million times', {
      base64: 'Ww==',
      times: 10000000,
    }),
    chunk.refuses('FRM-3/chunk-more', 'A read repeats ten million times at most', {
      base64: 'Ww==',
      times: 10000001,
    }),
    chunk.refuses('FRM-3/chunk-text', 'Text is no base64', '{"id":1}'),
    chunk.refuses('FRM-3/chunk-numbers', 'Numbers are no bytes', [123, 125]),
    ...chunk.needs('FRM-3/chunk', { base64: 'Ww==', times: 2 }, ['base64', 'times']),
    ...chunk.isClosed('FRM-3/chunk', { base64: 'Ww==', times: 2 }),

    vectorId.accepts('FRM-1/vector-id', 'An id names requirement and vector', 'FRM-3/split-in-2'),
    vectorId.refuses('FRM-1/vector-id-alone', 'A requirement alone is no id', 'FRM-3'),
    vectorId.refuses('FRM-1/vector-id-empty', 'A name is not empty', 'FRM-3/'),
    vectorId.refuses('FRM-1/vector-id-capitals', 'A name is in lower case', 'FRM-3/Split'),
    vectorId.refuses('FRM-1/vector-id-hyphen', 'A name begins with a letter or digit', 'FRM-3/-a'),
    vectorId.refuses('FRM-1/vector-id-two', 'A name has no slash', 'FRM-3/a/b'),
    vectorId.refuses('FRM-1/vector-id-zero', 'Requirements begin at 1', 'FRM-0/a'),

    frame.accepts('FRM-7/expected', 'A frame is expected with its text', accepted),
    frame.accepts('FRM-7/expected-long', 'A long frame is expected with its digest', {
      line: 1,
      kind: 'notification',
      method: 'x',
      sessionId: 's',
      pool: 'p',
      length: 5000,
      sha256: digest,
    }),
    frame.accepts('FRM-7/expected-response', 'A response is expected', {
      line: 1,
      kind: 'response',
      idJson: 'null',
      text: '',
    }),
    ...frame.needs('FRM-7/expected', accepted, ['line', 'kind', 'text']),
    ...frame.isClosed('FRM-7/expected', accepted),
    frame.refuses('FRM-7/expected-line', 'Lines count from 1', { ...accepted, line: 0 }),
    frame.refuses('FRM-7/expected-kind', 'A frame is one of three', { ...accepted, kind: 'batch' }),
    frame.refuses('FRM-7/expected-id', 'An id is given by its spelling', {
      ...accepted,
      idJson: 1,
    }),
    frame.refuses('FRM-7/expected-length-only', 'A length has a digest', {
      line: 1,
      kind: 'response',
      length: 5000,
    }),
    frame.refuses('FRM-7/expected-length-zero', 'A frame has bytes', {
      ...accepted,
      length: 0,
      sha256: digest,
    }),

    error.accepts('FRM-4/expected-error', 'An error is expected', refused),
    ...[-32600, -32055].map((code) =>
      error.accepts(`FRM-4/expected-error${code}`, `${code} may be expected`, { ...refused, code }),
    ),
    error.refuses('FRM-4/expected-error-code', 'Other codes are no matter of bytes', {
      ...refused,
      code: -32601,
    }),
    ...error.needs('FRM-4/expected-error', refused, ['line', 'code', 'idJson']),
    ...error.isClosed('FRM-4/expected-error', refused),
    error.refuses('FRM-4/expected-error-line', 'Lines count from 1', { ...refused, line: 0 }),
    error.refuses('FRM-4/expected-error-id', 'null is spelled too', { ...refused, idJson: null }),

    byteVector.accepts('FRM-3/byte-vector', 'A vector of bytes', ofBytes),
    byteVector.accepts('FRM-6/byte-vector-full', 'A vector may have limits', {
      ...ofBytes,
      chunks: [],
      maxFrameBytes: 1,
      sessionIdField: 's',
      frames: [],
      errors: [refused],
    }),
    ...byteVector.needs('FRM-3/byte-vector', ofBytes, Object.keys(ofBytes)),
    ...byteVector.isClosed('FRM-3/byte-vector', ofBytes),
    byteVector.refuses('FRM-6/byte-vector-limit', 'A limit is at least 1', {
      ...ofBytes,
      maxFrameBytes: 0,
    }),
    byteVector.refuses('CFG-4/byte-vector-field', 'A name is not empty', {
      ...ofBytes,
      sessionIdField: '',
    }),
    byteVector.refuses('FRM-3/byte-vector-description', 'A description says something', {
      ...ofBytes,
      description: '',
    }),

    valueVector.accepts('FRM-5/value-vector', 'A vector of a value', ofValue),
    valueVector.accepts('FRM-5/value-vector-null', 'The value may be null', {
      ...ofValue,
      valid: true,
      frame: null,
    }),
    ...valueVector.needs('FRM-5/value-vector', ofValue, Object.keys(ofValue)),
    ...valueVector.isClosed('FRM-5/value-vector', ofValue),
    valueVector.refuses('FRM-5/value-vector-file', 'A schema has file and definition', {
      ...ofValue,
      schema: 'frame',
    }),
    valueVector.refuses('FRM-5/value-vector-pointer', 'A schema is no pointer', {
      ...ofValue,
      schema: 'frame.schema.json#/$defs/Request',
    }),
    valueVector.refuses('FRM-5/value-vector-requirement', 'A requirement has an id', {
      ...ofValue,
      requirement: 'framing',
    }),
    valueVector.refuses('FRM-5/value-vector-valid', 'valid is true or false', {
      ...ofValue,
      valid: 'no',
    }),

    vector.accepts('FRM-3/vector-of-bytes', 'A vector of bytes is one', ofBytes),
    vector.accepts('FRM-5/vector-of-value', 'A vector of a value is one', ofValue),
    vector.refuses('FRM-5/vector-of-both', 'A vector is of one kind', { ...ofBytes, ...ofValue }),
    file.accepts('FRM-1/vector-file', 'A file holds vectors', {
      title: 'Both',
      vectors: [ofBytes, ofValue],
    }),
    file.accepts('FRM-1/vector-file-editor', 'A file may name its schema', {
      $schema: '../vector.schema.json',
      title: 'One',
      vectors: [ofValue],
    }),
    ...file.needs('FRM-1/vector-file', { title: 'One', vectors: [ofValue] }, ['title', 'vectors']),
    ...file.isClosed('FRM-1/vector-file', { title: 'One', vectors: [ofValue] }),
    file.refuses('FRM-1/vector-file-empty', 'A file holds a vector', {
      title: 'None',
      vectors: [],
    }),
    file.refuses('FRM-1/vector-file-title', 'A title is not empty', {
      title: '',
      vectors: [ofValue],
    }),
  ],
};
