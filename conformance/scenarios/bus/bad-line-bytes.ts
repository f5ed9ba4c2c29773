/** A good request, to be spoiled. */
export const request = '{"jsonrpc":"2.0","id":"bad","method":"probe/echo","params":{}}';

/** Lines that are not exactly one JSON text. */
export const notJson: readonly string[] = [
  `${request}x`,
  `${request}${request}`,
  `${request} ${request}`,
  '{"jsonrpc":"2.0","id":"bad","method":"probe/echo",}',
  '{"jsonrpc":"2.0","id":"bad","method":"probe/echo","params":[1,]}',
  "{'id':'bad','method':'probe/echo'}",
  '{id:"bad",method:"probe/echo"}',
  '{"id":"bad","method":"probe/echo","params":NaN}',
  '{"id":"bad","method":"probe/echo","params":01}',
  '{"id":"bad","method":"probe/echo","params":.5}',
  '{"id":"bad","method":"probe/echo"} // why',
  '{"id":"bad","method":"probe/echo","params":"\t"}',
  '{"id":"bad","method":"probe/echo","params":"\\x"}',
  '{"id":"bad","method":"probe/echo","params":"\\u12"}',
  '{"id":"bad" "method":"probe/echo"}',
  '{"id":"bad","method":"probe/echo"',
  '"id":"bad","method":"probe/echo"}',
  '{"id":"bad","method":"probe/echo","params":tru}',
  'hello',
  '\f',
  '\u00a0',
  `${request}\v`,
];

/** A request with these bytes in a string of it. */
export const broken = (bytes: readonly number[]) =>
  Buffer.concat([
    Buffer.from('{"id":"bad","method":"probe/echo","params":{"text":"'),
    Buffer.from(bytes),
    Buffer.from('"}}'),
  ]);

/** Bytes that are no UTF-8 within a string of an otherwise good request. */
export const notUtf8: readonly Buffer[] = [
  [0x80],
  [0xff],
  [0xfe, 0xff],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x98],
  // Overlong: of '/', of NUL, of a quotation mark, of three bytes and of four.
  [0xc0, 0xaf],
  [0xc0, 0x80],
  [0xc0, 0xa2],
  [0xe0, 0x80, 0xaf],
  [0xf0, 0x80, 0x80, 0xaf],
  // A surrogate, and what lies beyond U+10FFFF.
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
].map(broken);
