import { accepted, bytes, type Envelope, refused } from './byte-vector.ts';
import type { Topic } from './topic.ts';

/** JSON that is no frame: name, what it shows, the line, the id of the answer. */
const noFrames: readonly (readonly [string, string, string, string])[] = [
  ['number', 'A number is no frame', '42', 'null'],
  ['string', 'A string is no frame', '"hello"', 'null'],
  ['true', 'true is no frame', 'true', 'null'],
  ['null', 'null is no frame', 'null', 'null'],
  ['empty-array', 'An empty array is no frame', '[]', 'null'],
  ['array', 'An array of numbers is no frame', '[1,2,3]', 'null'],
  ['batch', 'A batch is no frame', '[{"jsonrpc":"2.0","id":1,"method":"x"}]', 'null'],
  ['empty-object', 'An empty object is no frame', '{}', 'null'],
  ['only-jsonrpc', 'An object with jsonrpc only is no frame', '{"jsonrpc":"2.0"}', 'null'],
  ['only-id', 'An id alone is no frame', '{"jsonrpc":"2.0","id":7}', '7'],
  ['only-params', 'Params alone are no frame', '{"id":"p","params":{}}', '"p"'],
  ['only-session', 'A session alone is no frame', '{"sessionId":"s1"}', 'null'],
  ['method-in-params', 'A method in params is none', '{"id":1,"params":{"method":"x"}}', '1'],

  ['id-true', 'true is no id', '{"id":true,"method":"x"}', 'null'],
  ['id-false', 'false is no id', '{"id":false,"method":"x"}', 'null'],
  ['id-null', 'null is no id of a request', '{"jsonrpc":"2.0","id":null,"method":"x"}', 'null'],
  ['id-object', 'An object is no id', '{"id":{},"method":"x"}', 'null'],
  ['id-array', 'An array is no id', '{"id":[],"method":"x"}', 'null'],
  ['id-array-of-number', 'A number in an array is no id', '{"id":[1],"method":"x"}', 'null'],
  ['result-id-null', 'null is no id of a result', '{"id":null,"result":1}', 'null'],
  ['result-id-true', 'true is no id of a result', '{"id":true,"result":1}', 'null'],
  ['error-id-true', 'true is no id of an error', '{"id":true,"error":{}}', 'null'],
  ['only-id-null', 'An id of null alone is no frame', '{"id":null}', 'null'],

  ['method-number', 'A number is no method', '{"id":1,"method":5}', '1'],
  ['method-null', 'null is no method', '{"id":2,"method":null}', '2'],
  ['method-true', 'true is no method', '{"id":"t","method":true}', '"t"'],
  ['method-object', 'An object is no method', '{"id":3.50,"method":{}}', '3.50'],
  ['method-array', 'An array is no method', '{"id":4,"method":["x"]}', '4'],
  ['method-number-no-id', 'A number is no method of a notification', '{"method":5}', 'null'],
  [
    'method-null-result',
    'A method of null beside a result',
    '{"id":1,"method":null,"result":1}',
    '1',
  ],

  [
    'method-and-result',
    'A method and a result exclude one another',
    '{"id":1,"method":"x","result":1}',
    '1',
  ],
  [
    'method-and-error',
    'A method and an error exclude one another',
    '{"id":1,"method":"x","error":{}}',
    '1',
  ],
  [
    'method-result-error',
    'Method, result and error at once',
    '{"id":1,"method":"x","result":1,"error":{}}',
    '1',
  ],
  [
    'method-and-null-result',
    'A result of null counts as a result',
    '{"id":1,"method":"x","result":null}',
    '1',
  ],
  ['notification-with-error', 'A notification has no error', '{"method":"x","error":{}}', 'null'],
  [
    'result-and-error',
    'A result and an error exclude one another',
    '{"id":1,"result":1,"error":{}}',
    '1',
  ],
  [
    'null-result-and-error',
    'A result of null beside an error',
    '{"id":1,"result":null,"error":{}}',
    '1',
  ],
  [
    'result-and-null-error',
    'An error of null counts as an error',
    '{"id":1,"result":1,"error":null}',
    '1',
  ],
  ['result-and-error-no-id', 'A result, an error and no id', '{"result":1,"error":{}}', 'null'],
  [
    'result-and-error-id-null',
    'A result, an error and an id of null',
    '{"id":null,"result":1,"error":{}}',
    'null',
  ],
  [
    'result-no-id',
    'A result without an id answers nothing',
    '{"jsonrpc":"2.0","result":1}',
    'null',
  ],
  ['error-no-id', 'An error without an id answers nothing', '{"jsonrpc":"2.0","error":{}}', 'null'],
];

const x: Envelope = { kind: 'request', idJson: '1', method: 'x' };
const response: Envelope = { kind: 'response', idJson: '1' };

/** Frames that a bus accepts: name, what it shows, the line, what it is. */
const frames: readonly (readonly [string, string, string, Envelope])[] = [
  ['request', 'A method and an id make a request', '{"jsonrpc":"2.0","id":1,"method":"x"}', x],
  [
    'notification',
    'A method without an id makes a notification',
    '{"jsonrpc":"2.0","method":"x"}',
    { kind: 'notification', method: 'x' },
  ],
  [
    'response',
    'A result and an id make a response',
    '{"jsonrpc":"2.0","id":1,"result":{}}',
    response,
  ],
  [
    'error-response',
    'An error and an id make a response',
    '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}}',
    response,
  ],
  [
    'error-response-id-null',
    'An error response may have the id null',
    '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}}',
    { kind: 'response', idJson: 'null' },
  ],
  ['result-null', 'null is a result', '{"id":1,"result":null}', response],
  ['result-false', 'false is a result', '{"id":1,"result":false}', response],
  [
    'error-null',
    'A bus does not look into an error: null passes',
    '{"id":1,"error":null}',
    response,
  ],
  [
    'error-string',
    'A bus does not look into an error: a string passes',
    '{"id":1,"error":"no"}',
    response,
  ],
  [
    'error-null-id-null',
    'An error of null with the id null is a response',
    '{"id":null,"error":null}',
    { kind: 'response', idJson: 'null' },
  ],
  [
    'members-in-any-order',
    'The order of members does not matter',
    '{"params":{},"method":"x","id":1,"jsonrpc":"2.0"}',
    x,
  ],
  [
    'no-jsonrpc',
    'A frame without jsonrpc passes: the codex dialect has none',
    '{"id":1,"method":"x"}',
    x,
  ],
  [
    'jsonrpc-one',
    'A bus does not look at jsonrpc: "1.0" passes',
    '{"jsonrpc":"1.0","id":1,"method":"x"}',
    x,
  ],
  [
    'jsonrpc-number',
    'A bus does not look at jsonrpc: a number passes',
    '{"jsonrpc":2.0,"id":1,"method":"x"}',
    x,
  ],
  [
    'jsonrpc-twice',
    'jsonrpc is no routing member: it may be there twice',
    '{"jsonrpc":"2.0","jsonrpc":"1.0","id":1,"method":"x"}',
    x,
  ],
  ['params-string', 'Params of a string pass', '{"id":1,"method":"x","params":"text"}', x],
  ['params-number', 'Params of a number pass', '{"id":1,"method":"x","params":0}', x],
  ['params-null', 'Params of null pass', '{"id":1,"method":"x","params":null}', x],
  ['params-true', 'Params of true pass', '{"id":1,"method":"x","params":true}', x],
  ['params-array', 'Params of an array pass', '{"id":1,"method":"x","params":[{"id":2}]}', x],
  [
    'response-with-params',
    'A response may have params, which mean nothing',
    '{"id":1,"result":{},"params":[]}',
    response,
  ],
  ['method-empty', 'The empty string is a method', '{"id":1,"method":""}', { ...x, method: '' }],
  ['method-escaped', 'A method is compared unescaped', '{"id":1,"method":"\\u0078"}', x],
  [
    'method-spaces',
    'Spaces belong to a method',
    '{"id":1,"method":" x "}',
    { ...x, method: ' x ' },
  ],
  [
    'method-lone-surrogate',
    'A method may hold a lone surrogate as an escape',
    '{"id":1,"method":"\\ud800"}',
    { ...x, method: '\ud800' },
  ],
  [
    'method-rpc-prefix',
    'A method may begin with rpc.',
    '{"id":1,"method":"rpc.discover"}',
    { ...x, method: 'rpc.discover' },
  ],
  [
    'unknown-members',
    'Unknown members pass',
    '{"id":1,"method":"x","x-a":[1],"agentId":"a","_ext":{"identity":{}}}',
    x,
  ],
  [
    'prototype-member',
    'A member named __proto__ is one like any other',
    '{"id":1,"method":"x","__proto__":{"sessionId":"no"}}',
    x,
  ],
];

export const classification: Topic = {
  title: 'Requests, notifications, responses, and JSON that is none of them',
  vectors: [
    ...frames.map(([name, description, line, is]) =>
      accepted({ id: `FRM-5/${name}`, description, line, is }),
    ),
    ...noFrames.map(([name, description, line, idJson]) =>
      refused({ id: `FRM-5/no-frame-${name}`, description, line, code: -32600, idJson }),
    ),
    bytes({
      id: 'COR-4/notification-between-requests',
      description: 'A notification between two requests has no id of its own',
      chunks: ['{"id":1,"method":"x"}\n{"method":"x"}\n{"id":2,"method":"x"}\n'],
      frames: [
        { line: 1, kind: 'request', idJson: '1', method: 'x', text: '{"id":1,"method":"x"}' },
        { line: 2, kind: 'notification', method: 'x', text: '{"method":"x"}' },
        { line: 3, kind: 'request', idJson: '2', method: 'x', text: '{"id":2,"method":"x"}' },
      ],
      errors: [],
    }),
    bytes({
      id: 'FRM-5/batch-then-frames',
      description: 'A batch is refused once, as one line; the frames after it pass',
      chunks: ['[{"id":1,"method":"x"},{"id":2,"method":"x"}]\n{"id":3,"method":"x"}\n'],
      frames: [
        { line: 2, kind: 'request', idJson: '3', method: 'x', text: '{"id":3,"method":"x"}' },
      ],
      errors: [{ line: 1, code: -32600, idJson: 'null' }],
    }),
  ],
};
