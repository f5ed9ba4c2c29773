import t from 'tap';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import {
  atClient,
  atWorker,
  type Happening,
  lostRequest,
  sampleHistory,
} from '../../testing/sample-history.ts';
import { historyPicture, historySketch } from './history-picture.ts';

function pictureOf(happenings: readonly Happening[], named: readonly number[] = []) {
  return drawn(sampleHistory(happenings), named);
}

function drawn(records: readonly HistoryRecord[], named: readonly number[] = []) {
  const sketch = historySketch(records, { named, isPassed: false });
  if (sketch === undefined) throw new Error('there is nothing to draw');
  return historyPicture(sketch);
}

t.test('clients, the bus and each incarnation of a worker have a lane of their own', async (t) => {
  const { lanes, steps } = pictureOf(lostRequest);
  t.strictSame(
    lanes.map(({ name, detail }) => `${name}, ${detail}`),
    ['c1, client', 'bus, the subject', 'main/0/1, incarnation 1', 'main/0/2, incarnation 2'],
  );
  const [, , first, second] = lanes;
  t.match(steps[first?.last ?? 0]?.sentence, 'main/0/1 ends: SIGKILL');
  t.equal(first?.isEnded, true);
  t.match(steps[second?.first ?? 0]?.sentence, 'main/0/2 starts');
  t.equal(second?.isEnded, false);
});

t.test(
  'a frame is an arrow from who wrote it to who read it, with its method and id',
  async (t) => {
    const { steps } = pictureOf(lostRequest);
    const arrows = steps.filter(
      ({ shape, bytes }) => shape.kind === 'arrow' && bytes !== undefined,
    );
    t.strictSame(
      arrows.map(({ label, shape }) => [label, shape.kind === 'arrow' && [shape.from, shape.to]]),
      [
        ['probe/hold #1 · s<b>', [0, 1]],
        ['probe/hold #91 · s<b>', [1, 2]],
        ['probe/echo #2 · t', [0, 1]],
        ['probe/echo #92 · t', [1, 3]],
        ['result #92 · t', [3, 1]],
        ['result #2 · t', [1, 0]],
      ],
    );
    const colours = arrows.map(({ series }) => series);
    t.strictSame(colours, [0, 0, 1, 1, 1, 1], 'a colour for each session');
    t.equal(arrows[0]?.bytes, '{"id":1,"method":"probe/hold","sessionId":"s<b>"}␍␊\n');
  },
);

t.test('faults, ends and waits in vain are told; waits that were met are not', async (t) => {
  const { steps } = pictureOf(lostRequest, [4]);
  const sentences = steps.map(({ sentence }) => sentence);
  t.ok(sentences.includes('the suite does to main/0/1: kill SIGKILL'));
  t.ok(sentences.includes('the response to 1 did not come within 2 s, as COR-1 asks'));
  t.notMatch(sentences.join(), /the arrival/);
  t.strictSame(
    steps.filter(({ isNamed }) => isNamed).map(({ sentence }) => sentence),
    ['c1 writes: request probe/hold, id 1, session s<b>'],
  );
});

t.test('a request is with a worker until its response, or until the worker ends', async (t) => {
  const { spans, steps } = pictureOf(lostRequest);
  t.strictSame(
    spans.map(({ lane, first, last }) => [lane, steps[first]?.label, steps[last]?.label]),
    [
      [2, 'probe/hold #91 · s<b>', 'ends: SIGKILL'],
      [3, 'probe/echo #92 · t', 'result #92 · t'],
    ],
  );
});

t.test('bytes are named for what they are', async (t) => {
  const table: [text: string, label: string][] = [
    ['{"id":1,', 'part of a line, 8 bytes'],
    ['{"id":1,"method":"a"}\n{"method":"b"}\n', '2 lines: a #1'],
    ['{"method":"b"}\n{"me', '1 line and a part of one, 4 bytes: b'],
    ['{]\n', 'not JSON in UTF-8'],
    [' \n', 'a blank line'],
    ['{"id":"x","error":{"code":-32050,"message":"m"}}\n', 'error −32050 #"x"'],
    ['{"id":1,"error":null}\n', 'error without a code #1'],
    [`${' '.repeat(70_000)}\n`, '70,001 bytes'],
    [`{"method":"conformance/no-such-method"}\n`, '…ce/no-such-method'],
  ];
  for (const [text, label] of table) {
    const { steps } = pictureOf([atClient('c1', 'received', text)]);
    t.equal(steps[0]?.label, label);
  }
});

t.test('bytes that are no UTF-8 are seen, and long ones are cut between characters', async (t) => {
  const bytesOf = (happening: Happening) => pictureOf([happening]).steps[0]?.bytes;
  const base64 = Buffer.from([0x41, 0xff, 0x00, 0x0a]).toString('base64');
  const odd = { kind: 'client-bytes', connection: 'c1', direction: 'sent', base64 } as const;
  t.equal(bytesOf(odd), 'A\\xFF␀␊\n');
  const long = bytesOf(atClient('c1', 'sent', `${'é'.repeat(5000)}a`)) ?? '';
  t.match(long, /^é{4000}\n… 2001 of 10001 bytes left out$/);
  const huge = bytesOf(atClient('c1', 'sent', '€'.repeat(1_000_000))) ?? '';
  t.match(huge, /^€{2666}\n… 2992002 of 3000000 bytes left out$/);
  const split = bytesOf(atClient('c1', 'sent', `a${'é'.repeat(5000)}`)) ?? '';
  t.match(split, /^aé{3999}\n… 2002 of 10001 bytes left out$/);
});

t.test(
  'of a long history what the verdict names is kept, and what is left out is counted',
  async (t) => {
    const many = Array.from({ length: 5000 }, (_, at) =>
      atClient('c1', at % 2 === 0 ? 'sent' : 'received', `{"id":${at},"method":"m"}\n`),
    );
    const { steps, caption } = pictureOf(many, [2501]);
    t.ok(steps.length < 420, `${steps.length} steps`);
    const sentences = steps.map(({ sentence }) => sentence);
    for (const id of [0, 2495, 2500, 4999]) {
      t.ok(
        sentences.some((sentence) => sentence.endsWith(`request m, id ${id}`)),
        `id ${id}`,
      );
    }
    t.equal(steps.find(({ isNamed }) => isNamed)?.label, 'm #2500');
    const gaps = sentences.flatMap(
      (sentence) => /^(\d+) events? left out here$/.exec(sentence) ?? [],
    );
    const leftOut = gaps
      .filter((_, at) => at % 2 === 1)
      .reduce((sum, text) => sum + Number(text), 0);
    t.equal(leftOut, 5000 - (steps.length - gaps.length / 2));
    t.match(caption, /events are left out$/);
  },
);

t.test('where a worker is the subject, the suite stands on the other side', async (t) => {
  const records = sampleHistory(
    [
      { kind: 'process', process: 'worker', event: 'start', pid: 1 },
      atWorker('worker', 'received', '{"id":1,"method":"m"}\n'),
      atWorker('worker', 'sent', '{"id":1,"result":0}\n'),
    ],
    'pipe',
  );
  const picture = drawn(records);
  t.strictSame(
    picture.lanes.map(({ name }) => name),
    ['suite', 'worker'],
  );
  t.match(picture.steps[1]?.shape, { from: 0, to: 1 });
  t.match(picture.steps[2]?.shape, { from: 1, to: 0 });
});
