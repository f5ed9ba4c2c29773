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

t.test('who answered is read too, however the bytes are cut', async (t) => {
  const told = (id: number, worker: string) =>
    plain(id).replace('{"text":"abc"}', `{"worker":"${worker}","params":{"text":"abc"}}`);
  const error = lines[2] as string;
  const text = [told(100000001, '0000042'), told(100000002, '0000042'), error];
  const bytes = Buffer.from([...text, plain(100000004), told(100000005, '4194304')].join(''));
  for (let size = 1; size <= bytes.length; size++) {
    const seen: [number, number][] = [];
    const onAnswer = (id: number, _: boolean, worker: number) => void seen.push([id, worker]);
    const reader = createAnswerReader({ onAnswer, onStrange: (line) => t.fail(line) }, true);
    for (let at = 0; at < bytes.length; at += size) {
      const chunk = bytes.subarray(at, at + size);
      reader.read(chunk, chunk.length);
    }
    const workers = [42, 42, 0, 0, 4194304];
    const expected = workers.map((worker, at) => [100000001 + at, worker]);
    t.same(seen, expected, `in chunks of ${size}`);
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
