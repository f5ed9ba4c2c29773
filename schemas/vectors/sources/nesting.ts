import { accepted, type Chunk, type Envelope, notJson, refused, repeated } from './byte-vector.ts';
import type { Topic } from './topic.ts';

const deep = 100_000;
const open = '{"id":1,"method":"x","params":';
const xEnvelope: Envelope = { kind: 'request', idJson: '1', method: 'x' };

/** A deep line that is the request x. */
function deepFrame(id: string, description: string, line: readonly Chunk[]) {
  return accepted({ id, description, line, is: xEnvelope });
}

export const nesting: Topic = {
  title: 'Deep nesting: a hundred thousand levels end no process',
  vectors: [
    deepFrame('FRM-1/deep-arrays', 'A frame may hold 100 000 nested arrays', [
      open,
      repeated('[', deep),
      repeated(']', deep),
      '}',
    ]),
    deepFrame('FRM-1/deep-objects', 'A frame may hold 100 000 nested objects', [
      open,
      repeated('{"a":', deep),
      'null',
      repeated('}', deep),
      '}',
    ]),
    deepFrame('FRM-1/deep-mixed', 'A frame may hold 100 000 objects and arrays in turn', [
      open,
      repeated('[{"a":', deep / 2),
      '1',
      repeated('}]', deep / 2),
      '}',
    ]),
    deepFrame('FRM-1/deep-with-spaces', 'Whitespace between 100 000 levels changes nothing', [
      open,
      repeated('[ ', deep),
      repeated(' ]', deep),
      '}',
    ]),
    accepted({
      id: 'FRM-1/deep-before-routing-members',
      description: 'Routing members are found after 100 000 levels too',
      line: [
        '{"params":',
        repeated('[', deep),
        repeated(']', deep),
        ',"sessionId":"s1","method":"x","id":1}',
      ],
      is: { ...xEnvelope, sessionId: 's1' },
    }),
    accepted({
      id: 'FRM-1/deep-result',
      description: 'A result may be 100 000 levels deep',
      line: ['{"id":1,"result":', repeated('[', deep), repeated(']', deep), '}'],
      is: { kind: 'response', idJson: '1' },
    }),
    accepted({
      id: 'FRM-1/deep-session-members',
      description: 'Sixty thousand nested members named like the session do not route',
      line: [
        '{"id":1,"method":"x","params":',
        repeated('{"sessionId":', 60_000),
        '"no"',
        repeated('}', 60_000),
        '}',
      ],
      is: xEnvelope,
    }),

    refused({
      id: 'FRM-5/deep-top-level-array',
      description: 'An array of 100 000 levels is JSON, but no frame',
      line: [repeated('[', deep), repeated(']', deep)],
      code: -32600,
      idJson: 'null',
    }),
    refused({
      id: 'FRM-5/deep-id',
      description: 'An array of 100 000 levels is no id',
      line: ['{"id":', repeated('[', deep), repeated(']', deep), ',"method":"x"}'],
      code: -32600,
      idJson: 'null',
    }),
    refused({
      id: 'AFF-6/no-session-deep',
      description: 'An array of 100 000 levels is no session id',
      line: ['{"id":1,"method":"x","sessionId":', repeated('[', deep), repeated(']', deep), '}'],
      code: -32600,
      idJson: '1',
    }),

    notJson(
      'FRM-4/deep-unclosed-arrays',
      'A hundred thousand arrays that never close are refused',
      [open, repeated('[', deep)],
    ),
    notJson('FRM-4/deep-unclosed-objects', 'A hundred thousand open objects are refused', [
      repeated('{"a":', deep),
    ]),
    notJson('FRM-4/deep-one-too-few', 'One closing bracket too few among 100 000 is refused', [
      open,
      repeated('[', deep),
      repeated(']', deep - 1),
      '}',
    ]),
    notJson('FRM-4/deep-one-too-many', 'One closing bracket too many among 100 000 is refused', [
      open,
      repeated('[', deep),
      repeated(']', deep + 1),
      '}',
    ]),
    notJson('FRM-4/deep-mismatch', 'A brace cannot close the innermost of 100 000 arrays', [
      open,
      repeated('[', deep),
      '}',
      repeated(']', deep - 1),
      '}',
    ]),
    notJson('FRM-4/deep-million-open', 'A million opening brackets are refused', [
      repeated('[', 1_000_000),
    ]),
    notJson('FRM-4/deep-million-closed', 'A million closing brackets are refused', [
      repeated(']', 1_000_000),
    ]),
    notJson('FRM-4/many-quotes', 'A million quotes are half a million strings without commas', [
      repeated('"', 1_000_000),
    ]),
  ],
};
