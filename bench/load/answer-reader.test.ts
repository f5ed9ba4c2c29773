import t from 'tap';
import { createAnswerReader } from './answer-reader.ts';

const plain = (id: number) =>
  `{"jsonrpc":"2.0","id":${id},"result":{"text":"abc"},"sessionId":"s"}\n`;
const lines = [
  plain(100000001),
  plain(100000002),
  '{"jsonrpc":"2.0","id":100000003,"error":{"code":-32054,"message":"no"}}\n',
  plain(100000004),
  '{"result":1,"id":100000005}\n',
  '{}\n',
  '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}}\n',
  plain(100000006),
];
const expected = [
  '100000001 false',
  '100000002 false',
  '100000003 true',
  '100000004 false',
  '100000005 false',
  'strange {}',
  'strange {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}}',
  '100000006 false',
];

function eventsOf(chunks: readonly Buffer[]): string[] {
  const events: string[] = [];
  const reader = createAnswerReader({
    onAnswer: (id, isError) => void events.push(`${id} ${isError}`),
    onStrange: (line) => void events.push(`strange ${line}`),
  });
  for (const chunk of chunks) reader.read(chunk, chunk.length);
  return events;
}

t.test('answers are found however their bytes are cut', async (t) => {
  const bytes = Buffer.from(lines.join(''));
  for (let size = 1; size <= bytes.length; size++) {
    const chunks = [];
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
    t.same(eventsOf(chunks), expected, `in chunks of ${size}`);
  }
});

t.test('an answer of another length than the first is found too', async (t) => {
  const [shorter, longer] = ['', 'abcdef'].map((text) => plain(100000002).replace('abc', text));
  const text = [plain(100000001), shorter, longer, plain(100000003)].join('');
  const bytes = Buffer.from(text);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const events = eventsOf([bytes.subarray(0, cut), bytes.subarray(cut)]);
    const ids = events.map((event) => event.split(' ')[0]);
    t.same(ids, ['100000001', '100000002', '100000002', '100000003'], `cut at ${cut}`);
  }
});
