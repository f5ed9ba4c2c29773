/** Deterministic stream of numbers in [0, 1). */
export type Random = () => number;

/** Mulberry32: small, deterministic, good enough to vary test data. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One element of a list that is not empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

const asciiSentences = [
  'Let me read the file before I change anything.',
  'The failing test expects "pending" to reach zero, but the drain never sees it.',
  'I will run the suite again with a longer timeout.',
  "It's the same race: the worker exits between the write and the read.",
  'Two options here:\n- keep the buffer per connection\n- share one per pool',
  'Done. 14 passed, 0 failed, 1.84 s.',
  'The regex `^\\d+\\.\\d+$` does not match a pre-release version.',
];

const sentences = [
  ...asciiSentences,
  'Größe und Reihenfolge bleiben gleich – nur der Puffer ändert sich.',
  'The log says “connection reset” → the peer closed first ✓',
  '日本語のコメントはそのまま残します。',
  'Shipping it 🚀',
];

const snippets = [
  'export function add(a: number, b: number): number {\n  return a + b;\n}\n',
  'for (const line of text.split("\\n")) {\n\tif (line.startsWith("#")) continue;\n\tlines.push(line.trim());\n}\n',
  'def main(argv):\n    """Run once."""\n    print(f"{len(argv)} files")\n    return 0\n',
  '-  const limit = options.limit || 1024;\n+  const limit = options.limit ?? 1024;\n',
  "SELECT id, name FROM users WHERE name LIKE '%\\_%' ESCAPE '\\' ORDER BY id;\n",
  '$ npm test\n\n> tap\n\n\u001b[32mPASS\u001b[39m dist/router.test.js 41 OK 212ms\n',
  'if err := json.Unmarshal(data, &frame); err != nil {\n\treturn fmt.Errorf("frame %q: %w", data, err)\n}\n',
];

const paths = ['src/router.ts', '/home/dev/project/lib/pool.py', 'README.md', 'cmd/bus/main.go'];

/**
 * One frame of agent traffic (a JSON object, no LF) of exactly `byteLength` bytes, at least 170.
 * Equal arguments give equal bytes.
 */
export function agentFrame(byteLength: number, seed: number): Buffer {
  const random = createRandom(seed);
  const prose = random() < 0.5 ? asciiSentences : sentences;
  if (byteLength < 600) return filledTo(byteLength, messageChunk(random), prose, random);
  const frame = toolCall(random);
  let length = byteLengthOf(frame.value);
  for (;;) {
    const block = pick(random, blockKinds)(random, prose);
    length += byteLengthOf(block) + 1;
    if (length > byteLength) return filledTo(byteLength, frame, prose, random);
    frame.content.push(block);
  }
}

interface GrowingFrame {
  value: object;
  content: unknown[];
  /** Where prose is added until the frame has its length. */
  text: { text: string };
}

function messageChunk(random: Random): GrowingFrame {
  const text = { type: 'text', text: '' };
  const update = { sessionUpdate: 'agent_message_chunk', content: text };
  return { value: notification(random, { update }), content: [], text };
}

function toolCall(random: Random): GrowingFrame {
  const text = { type: 'text', text: '' };
  const content: unknown[] = [{ type: 'content', content: text }];
  const update = {
    sessionUpdate: pick(random, ['tool_call', 'tool_call_update']),
    toolCallId: `call_${hex(random, 12)}`,
    title: 'Edit the router',
    kind: 'edit',
    status: 'completed',
    locations: [{ path: pick(random, paths), line: integer(random, 900) }],
    rawInput: { path: pick(random, paths), limit: 200, recursive: random() < 0.5, cursor: null },
    usage: { inputTokens: integer(random, 90_000), cost: Math.round(random() * 1e6) / 1e6 },
    content,
  };
  return { value: notification(random, { update }), content, text };
}

type Block = (random: Random, prose: readonly string[]) => unknown;

const blockKinds: Block[] = [
  (random, prose) => ({
    type: 'content',
    content: { type: 'text', text: several(random, prose, 6).join(' ') },
  }),
  (random) => ({
    type: 'diff',
    path: pick(random, paths),
    oldText: pick(random, snippets),
    newText: several(random, snippets, 8).join(''),
  }),
  (random) => ({ type: 'terminal', terminalId: hex(random, 8), exitCode: integer(random, 2) }),
  (random, prose) => ({
    type: 'plan',
    entries: [
      { content: pick(random, prose), priority: 'high', status: 'pending' },
      { content: pick(random, prose), priority: 'low', status: 'in_progress' },
    ],
  }),
  (random) => ({
    type: 'search',
    matches: Array.from({ length: 3 }, () => ({
      path: pick(random, paths),
      line: integer(random, 2000),
      column: integer(random, 80),
      score: Math.round(random() * 1e4) / 1e4,
      isExact: random() < 0.5,
    })),
  }),
];

function notification(random: Random, params: object): object {
  return {
    jsonrpc: '2.0',
    method: 'session/update',
    sessionId: `sess_${hex(random, 16)}`,
    params,
  };
}

function filledTo(
  byteLength: number,
  { value, text }: GrowingFrame,
  prose: readonly string[],
  random: Random,
): Buffer {
  const missing = byteLength - byteLengthOf(value);
  if (missing < 0) throw new RangeError(`a frame cannot be as short as ${byteLength} bytes`);
  for (;;) {
    const longer = `${text.text}${pick(random, prose)} `;
    if (byteLengthOf(longer) - 2 > missing) break;
    text.text = longer;
  }
  const start = integer(random, filler.length);
  text.text += filler.repeat(20).slice(start, start + byteLength - byteLengthOf(value));
  return Buffer.from(JSON.stringify(value));
}

/** Plain words, for the bytes that no whole sentence fits into. */
const filler = 'and then the next part of it comes ';
const byteLengthOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const integer = (random: Random, below: number) => Math.floor(random() * below);
const hex = (random: Random, length: number) =>
  Array.from({ length }, () => integer(random, 16).toString(16)).join('');
const several = <T>(random: Random, list: readonly T[], atMost: number) =>
  Array.from({ length: 1 + integer(random, atMost) }, () => pick(random, list));
