import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import t from 'tap';
import { createEnvelopeScanner } from '../envelope-scanner.ts';
import { createWorker } from './create-worker.ts';
import { frameMembers, rewrittenFrame } from './frame-members.ts';
import { Turns } from './turns.ts';

t.test('Turns: every item gets one turn, in its order, and never too many at once', (t) => {
  const concurrency = fc.oneof(
    fc.constantFrom('session' as const, 'request' as const),
    fc.integer({ min: 1, max: 4 }),
  );
  const steps = fc.array(
    fc.oneof(
      fc.record({ add: fc.constantFrom('a', 'b', 'c', undefined) }),
      fc.record({ finish: fc.nat(5) }),
      fc.record({ hold: fc.boolean() }),
    ),
  );
  fc.assert(
    fc.property(concurrency, steps, (concurrency, steps) => {
      const added: { n: number; session: string | undefined }[] = [];
      const started: typeof added = [];
      const running: typeof added = [];
      let isHeld = false;
      const turns = new Turns<(typeof added)[number]>(concurrency, (item) => {
        if (isHeld) throw new Error('it was held');
        started.push(item);
        running.push(item);
        const limit = typeof concurrency === 'number' ? concurrency : Number.POSITIVE_INFINITY;
        const same = running.filter(({ session }) => session === item.session).length;
        if (running.length > limit) throw new Error('too many at once');
        if (concurrency === 'session' && item.session !== undefined && same > 1) {
          throw new Error('two of one session');
        }
      });
      const finish = (at: number) => {
        const [item] = running.splice(at % running.length, 1);
        turns.finish(item?.session);
      };
      for (const step of steps) {
        if ('add' in step) {
          const item = { n: added.length, session: step.add };
          added.push(item);
          turns.add(item, item.session);
        } else if ('hold' in step) {
          isHeld = step.hold;
          turns.hold(isHeld);
        } else if (running.length > 0) finish(step.finish);
      }
      isHeld = false;
      turns.hold(false);
      while (running.length > 0) finish(0);
      const inOrder = (items: typeof added) => items.map(({ n }) => n);
      const groups = concurrency === 'session' ? ['a', 'b', 'c'] : ['all'];
      for (const group of groups) {
        const of = (items: typeof added) =>
          inOrder(group === 'all' ? items : items.filter(({ session }) => session === group));
        if (String(of(started)) !== String(of(added))) return false;
      }
      return started.length === added.length;
    }),
    { numRuns: 2000 },
  );
  for (const bad of [0, -1, 1.5, Number.NaN]) {
    t.throws(() => new Turns(bad, () => {}), RangeError);
  }
  t.end();
});

const memberName = fc.oneof(
  fc.constantFrom('id', 'jsonrpc', 'sessionId', 'params', 'result', 'x', '\u0000', ''),
  fc.string(),
);
/** Numbers that JSON.parse would change, and strings with every escape. */
const rawValue = fc.oneof(
  fc.json(),
  fc.constantFrom(
    '9007199254740993',
    '1.0',
    '1e3',
    '-0',
    '"\\u00e9\\ud800"',
    '{ "a" : [ ] }',
    '[[]]',
  ),
);
const gap = fc.constantFrom('', ' ', '\t', '  ', '\r');

t.test('a rewritten frame has the other members as they were, byte for byte', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(memberName, rawValue, gap, gap), { maxLength: 8 }),
      fc.subarray(['id', 'jsonrpc', 'sessionId', 'x']),
      fc.boolean(),
      (given, dropped, hasFirst) => {
        const inside = given.map(
          ([name, value, left, right]) =>
            `${left}${JSON.stringify(name)}${right}:${left}${value}${right}`,
        );
        const bytes = Buffer.from(`??{${inside.join(',')} }!`);
        const members = frameMembers(bytes, 2, bytes.length - 1);
        const without = new Set(dropped);
        const first = hasFirst ? '"new":1,' : '';
        const text = rewrittenFrame(bytes, members, { first, without }).toString();
        const kept = given
          .filter(([name]) => !without.has(name))
          .map(([name, value, left, right]) => `${JSON.stringify(name)}${right}:${left}${value}`);
        return text === `{${[...(hasFirst ? ['"new":1'] : []), ...kept].join(',')}}`;
      },
    ),
    { numRuns: 3000 },
  );
  t.end();
});

t.test(
  'however its bytes are cut, each request is answered once, in its session, with its id',
  async (t) => {
    const idJson = fc.oneof(
      fc.integer().map(String),
      fc.string().map((text) => JSON.stringify(text)),
      fc.constantFrom('1.0', '1e3', '-0', '"\\u0041"', '9007199254740993', '0.10'),
    );
    const request = fc.record({
      idJson,
      session: fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: undefined }),
      text: fc.string(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
        fc.constantFrom('session' as const, 'request' as const, 2),
        async (requests, cuts, concurrency) => {
          const [input, output] = [new PassThrough(), new PassThrough()];
          const chunks: Buffer[] = [];
          output.on('data', (chunk: Buffer) => chunks.push(chunk));
          const methods = { echo: async ({ text }: { text: string }) => ({ text }) };
          const worker = createWorker({ methods, input, output, concurrency } as never);
          const lines = requests.map(({ idJson, session, text }) => {
            const member = session === undefined ? '' : `"sessionId":${JSON.stringify(session)},`;
            return `{"id":${idJson},${member}"method":"echo","params":${JSON.stringify({ text })}}\n`;
          });
          let rest = Buffer.from(lines.join(''));
          for (let turn = 0; rest.length > 0; turn++) {
            const size = cuts[turn % cuts.length] as number;
            input.write(Buffer.from(rest.subarray(0, size)));
            rest = rest.subarray(size);
          }
          input.end();
          const { exitCode } = await worker.ended;
          const scanner = createEnvelopeScanner();
          const answers = Buffer.concat(chunks)
            .toString()
            .split('\n')
            .slice(0, -1)
            .map((line) => {
              const bytes = Buffer.from(line);
              scanner.scan(bytes, 0, bytes.length);
              const { text } = JSON.parse(line).result;
              return JSON.stringify([scanner.idJson(), scanner.sessionId(), text]);
            });
          const expected = requests.map(({ idJson, session, text }) =>
            JSON.stringify([idJson, session, text]),
          );
          return exitCode === 0 && String(answers.sort()) === String(expected.sort());
        },
      ),
      { numRuns: 200 },
    );
    t.end();
  },
);
