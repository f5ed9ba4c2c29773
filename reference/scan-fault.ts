/** What a line is refused for, as the caller of a scanner reports it. */
export interface ScanFaultEntry {
  /** JSON-RPC error code: -32700 where the line is not JSON, -32600 where it is no frame. */
  readonly code: -32700 | -32600;
  /** Id of the requirement in `spec/requirements.yaml`. */
  readonly requirement: string;
  /** What was expected, for people. */
  readonly message: string;
}

const notJson = (message: string) => ({ code: -32700, requirement: 'FRM-4', message }) as const;
const noFrame = (requirement: string, message: string) =>
  ({ code: -32600, requirement, message }) as const;

/** Every fault that the envelope scanner can find. The list is closed. Implements FRM-4, FRM-5. */
export const scanFaults = {
  'byte-order-mark': notJson('a line starts with its JSON text, not with a byte order mark'),
  'invalid-utf8': notJson('these bytes are not UTF-8'),
  'unexpected-end': notJson('the line ends before its JSON text does'),
  'trailing-bytes': notJson('one JSON text per line: nothing but whitespace may follow it'),
  'expected-value': notJson('expected a value'),
  'expected-member-name': notJson('expected a member name in double quotes'),
  'expected-colon': notJson('expected ":" after the member name'),
  'expected-comma-or-brace': notJson('expected "," or "}" after the member'),
  'expected-comma-or-bracket': notJson('expected "," or "]" after the element'),
  'unknown-literal': notJson('expected true, false or null'),
  'expected-digit': notJson('expected a digit'),
  'leading-zero': notJson('a number has no leading zero'),
  'control-character': notJson('a control character in a string is written as an escape'),
  'unknown-escape': notJson('expected one of " \\ / b f n r t u after the backslash'),
  'expected-hex-digit': notJson('expected four hexadecimal digits after \\u'),

  'not-an-object': noFrame('FRM-5', 'a frame is a JSON object (batches are not part of it)'),
  'member-twice': noFrame('FRM-8', 'a frame has each routing member at most once'),
  'bad-id': noFrame('FRM-5', 'an id is a string or a number'),
  'bad-method': noFrame('FRM-5', 'a method is a string'),
  'method-and-outcome': noFrame('FRM-5', 'a frame with a method has neither result nor error'),
  'no-method-no-outcome': noFrame('FRM-5', 'a frame has a method, a result or an error'),
  'result-and-error': noFrame('FRM-5', 'a response has a result or an error, not both'),
  'response-without-id': noFrame('FRM-5', 'a response has the id of its request'),
  'bad-session-id': noFrame('AFF-6', 'a session id is a string'),
  'empty-session-id': noFrame('AFF-6', 'a session id is not empty'),
  'long-session-id': noFrame('AFF-6', 'a session id has at most 256 bytes of UTF-8'),
  'bad-pool': noFrame('AFF-7', 'a pool is named by a string'),
  'empty-pool': noFrame('AFF-7', "a pool's name is not empty"),
} as const satisfies Record<string, ScanFaultEntry>;

/** The name of a fault in a line. */
export type ScanFault = keyof typeof scanFaults;
