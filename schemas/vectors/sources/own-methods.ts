import { accepted, type Envelope, refused } from './byte-vector.ts';
import type { Topic } from './topic.ts';

const hello: Envelope = { kind: 'request', idJson: '1', method: 'stdio_bus/hello' };

/** Frames with a method of the bus itself: requirement and name, what it shows, line, what it is. */
const frames: readonly (readonly [string, string, string, Envelope])[] = [
  [
    'EXT-1/own-hello',
    'A hello is classified like any request',
    '{"jsonrpc":"2.0","id":1,"method":"stdio_bus/hello","params":{"protocolVersion":"1"}}',
    hello,
  ],
  [
    'EXT-1/own-hello-no-params',
    'Whether its params fit is not a question of its classification: there may be none',
    '{"jsonrpc":"2.0","id":1,"method":"stdio_bus/hello"}',
    hello,
  ],
  [
    'EXT-1/own-hello-params-text',
    'The params of a hello may be a text for the classification',
    '{"id":1,"method":"stdio_bus/hello","params":"1"}',
    hello,
  ],
  [
    'EXT-1/own-hello-params-list',
    'The params of a hello may be a list for the classification',
    '{"id":1,"method":"stdio_bus/hello","params":[1]}',
    hello,
  ],
  [
    'EXT-1/own-hello-params-twice',
    'The params of a hello may be there twice for the classification',
    '{"id":1,"method":"stdio_bus/hello","params":{},"params":{"protocolVersion":"1"}}',
    hello,
  ],
  [
    'EXT-1/own-hello-no-jsonrpc',
    'A hello without jsonrpc is one',
    '{"id":1,"method":"stdio_bus/hello","params":{"protocolVersion":"1"}}',
    hello,
  ],
  [
    'EXT-1/own-hello-escaped',
    'A hello may be spelled with escapes',
    '{"id":1,"method":"stdio\\u005fbus\\/hello","params":{"protocolVersion":"1"}}',
    hello,
  ],
  [
    'EXT-1/own-hello-with-session',
    'A hello may name a session',
    '{"id":1,"method":"stdio_bus/hello","sessionId":"s1"}',
    { ...hello, sessionId: 's1' },
  ],
  [
    'EXT-1/own-hello-with-pool',
    'A hello may name a pool',
    '{"id":1,"method":"stdio_bus/hello","pool":"p1"}',
    { ...hello, pool: 'p1' },
  ],
  [
    'EXT-1/own-hello-last-member',
    'The method may come last',
    '{"params":{"protocolVersion":"1"},"id":"\\u0068","method":"stdio_bus/hello"}',
    { ...hello, idJson: '"\\u0068"' },
  ],
  [
    'EXT-1/own-hello-empty-id',
    'The id of a hello may be the empty string',
    '{"id":"","method":"stdio_bus/hello"}',
    { ...hello, idJson: '""' },
  ],
  [
    'EXT-1/own-hello-notification',
    'A hello without an id is a notification',
    '{"method":"stdio_bus/hello","params":{"protocolVersion":"1"}}',
    { kind: 'notification', method: 'stdio_bus/hello' },
  ],
  [
    'EXT-1/own-hello-capital',
    'A name in other letters is another method',
    '{"id":1,"method":"stdio_bus/Hello"}',
    { ...hello, method: 'stdio_bus/Hello' },
  ],
  [
    'EXT-1/own-prefix-only',
    'A name that only begins like those of the bus is a method',
    '{"id":1,"method":"stdio_bus/"}',
    { ...hello, method: 'stdio_bus/' },
  ],
  [
    'EXT-1/own-unknown',
    'An unknown method of the bus is a method',
    '{"id":1,"method":"stdio_bus/reboot"}',
    { ...hello, method: 'stdio_bus/reboot' },
  ],
  [
    'EXT-2/own-stats',
    'A question for statistics is classified like any request',
    '{"jsonrpc":"2.0","id":1.0,"method":"stdio_bus/stats"}',
    { kind: 'request', idJson: '1.0', method: 'stdio_bus/stats' },
  ],
  [
    'EXT-2/own-stats-notification',
    'A question for statistics without an id is a notification',
    '{"method":"stdio_bus/stats"}',
    { kind: 'notification', method: 'stdio_bus/stats' },
  ],
  [
    'EXT-4/own-session-lost',
    'A client may send what only the bus has to say: it is a notification',
    '{"method":"stdio_bus/session_lost","params":{"sessionId":"s2"},"sessionId":"s1"}',
    { kind: 'notification', method: 'stdio_bus/session_lost', sessionId: 's1' },
  ],
  [
    'EXT-4/own-session-lost-request',
    'With an id it is a request',
    '{"id":1,"method":"stdio_bus/session_lost"}',
    { kind: 'request', idJson: '1', method: 'stdio_bus/session_lost' },
  ],
  [
    'EXT-1/own-in-params',
    'A method of the bus in params is none',
    '{"id":1,"method":"x","params":{"method":"stdio_bus/hello"}}',
    { kind: 'request', idJson: '1', method: 'x' },
  ],
];

/** Lines with a method of the bus itself that are refused: name, what it shows, line, id of the answer. */
const noFrames: readonly (readonly [string, string, string, string])[] = [
  ['id-null', 'A hello has no id of null', '{"id":null,"method":"stdio_bus/hello"}', 'null'],
  ['id-true', 'true is no id of a hello', '{"id":true,"method":"stdio_bus/hello"}', 'null'],
  ['result', 'A hello has no result', '{"id":1,"method":"stdio_bus/hello","result":{}}', '1'],
  ['error', 'A hello has no error', '{"id":1,"method":"stdio_bus/hello","error":null}', '1'],
  ['pool', 'A hello with an empty pool', '{"id":1,"method":"stdio_bus/hello","pool":""}', '1'],
  [
    'pool-of-notification',
    'A hello without an id, with an empty pool',
    '{"method":"stdio_bus/hello","pool":""}',
    'null',
  ],
  ['array', 'A method of the bus in a list', '{"id":1,"method":["stdio_bus/hello"]}', '1'],
];

export const ownMethods: Topic = {
  title: 'Methods of the bus itself: ordinary requests where a line is classified',
  vectors: [
    ...frames.map(([id, description, line, is]) => accepted({ id, description, line, is })),
    ...noFrames.map(([name, description, line, idJson]) =>
      refused({ id: `EXT-1/own-refused-${name}`, description, line, code: -32600, idJson }),
    ),
    refused({
      id: 'AFF-6/bad-session-of-hello',
      description: 'A hello with an empty session id is refused like any request',
      line: '{"id":1,"method":"stdio_bus/hello","sessionId":""}',
      code: -32600,
      idJson: '1',
    }),
    refused({
      id: 'FRM-8/twice-method-of-bus',
      description: 'A method of the bus beside another one',
      line: '{"id":1,"method":"x","method":"stdio_bus/hello"}',
      code: -32600,
      idJson: '1',
    }),
  ],
};
