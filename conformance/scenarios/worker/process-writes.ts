import { answersAre, processEnded, processJudges } from '../../judges/worker/process-outcomes.ts';
import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import { ProcessClient } from './process-client.ts';

const numbers = Array.from({ length: 200 }, (_, n) => `${n}\n`);
const accepted = { status: 'accepted' };

export const processWriteScenarios: readonly WorkerScenario[] = [
  {
    id: 'process-write/in-order',
    title: 'What is written reaches the command, all of it and in order',
    requirements: ['PRC-1', 'WRK-2'],
    does: 'Writes two hundred numbers to a cat without waiting, and ends it when it has written the last.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', ['cat'], { pipeStdin: true }).response();
      for (const [n, text] of numbers.entries()) client.write('p', text, `w${n}`, `write ${n}`);
      await scene.allAnswered();
      await client.output('p', '199\n');
      await client.terminate('p').response();
      await client.event('closed', 'p');
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: numbers.join('') }),
      answersAre('PRC-1', Object.fromEntries(numbers.map((_, n) => [`write ${n}`, accepted]))),
      everyRequestIsAnswered('WRK-2', { atLeast: 200 }),
    ],
  },
  {
    id: 'process-write/any-bytes',
    title: 'Any bytes can be written, and none',
    requirements: ['PRC-1'],
    does: 'Writes NUL, bytes that are no UTF-8, an empty chunk and 100 000 bytes to a cat.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', ['cat'], { pipeStdin: true }).response();
      await client.write('p', Buffer.from([0, 255, 128, 10, 13]), undefined, 'odd').response();
      await client.write('p', '', undefined, 'empty').response();
      await client.write('p', 'y'.repeat(100_000), undefined, 'large').response();
      await client.write('p', 'end', undefined, 'end').response();
      await client.output('p', 'end');
      await client.terminate('p').response();
      await client.event('closed', 'p');
    },
    judges: [
      ...processJudges,
      processEnded('p', {
        stdout: () =>
          Buffer.concat([
            Buffer.from([0, 255, 128, 10, 13]),
            Buffer.from(`${'y'.repeat(100_000)}end`),
          ]),
      }),
      answersAre('PRC-1', { odd: accepted, empty: accepted, large: accepted, end: accepted }),
    ],
  },
  {
    id: 'process-write/once-by-write-id',
    title: 'A write that is repeated under its writeId is accepted again and written once',
    requirements: ['PRC-1'],
    does: 'Makes a write three times with the same writeId, two of them at once, and another one; without a writeId it is written each time.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', ['cat'], { pipeStdin: true }).response();
      client.write('p', 'yes\n', 'w-1', 'first');
      await client.write('p', 'yes\n', 'w-1', 'at once').response();
      await client.write('p', 'yes\n', 'w-1', 'later').response();
      await client.write('p', 'no\n', undefined, 'nameless').response();
      await client.write('p', 'no\n', undefined, 'nameless again').response();
      await client.write('p', 'end\n', 'w-2', 'another').response();
      await client.output('p', 'end');
      await client.terminate('p').response();
      await client.event('closed', 'p');
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: 'yes\nno\nno\nend\n' }),
      answersAre('PRC-1', {
        first: accepted,
        'at once': accepted,
        later: accepted,
        'nameless again': accepted,
        another: accepted,
      }),
    ],
  },
  {
    id: 'process-write/statuses',
    title: 'A write that reaches nobody has its status, and is no error',
    requirements: ['PRC-1'],
    does: 'Writes to a process that is not there, to one without stdin, and to one that has ended; and chunks that are no base64.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('without', 'sleep 600');
      await client.start('ended', ['true'], { pipeStdin: true }).response();
      await client.event('closed', 'ended');
      await client.write('nobody', 'x', undefined, 'unknown').response();
      await client.write('without', 'x', undefined, 'not piped').response();
      await client.write('ended', 'x', undefined, 'ended').response();
      await client.ask('write', { processId: 'without', chunk: 'no base64!' }, 'bad').response();
      await client.ask('write', { processId: 'without' }, 'absent').response();
      await client.terminate('without').response();
      await client.event('closed', 'without');
    },
    judges: [
      ...processJudges,
      answersAre('PRC-1', {
        unknown: { status: 'unknownProcess' },
        'not piped': { status: 'stdinClosed' },
        ended: { status: 'stdinClosed' },
        bad: -32602,
        absent: -32602,
      }),
    ],
  },
  {
    id: 'process-write/no-stdin',
    title: 'Without pipeStdin, stdin is at its end from the start',
    requirements: ['PRC-1'],
    does: 'Starts a cat without pipeStdin: it ends by itself.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', ['cat']).response();
      await client.event('closed', 'p');
    },
    judges: [...processJudges, processEnded('p', { stdout: '', exitCode: 0 })],
  },
  {
    id: 'process-write/not-read',
    title: 'A command that does not read its stdin holds up nobody else',
    requirements: ['PRC-1', 'WRK-5'],
    does: 'Writes 4 MB to a command that does not read, asks in another session meanwhile, and ends it.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      const other = await ProcessClient.open(scene);
      await client.startShell('p', 'sleep 600', { pipeStdin: true });
      for (let n = 0; n < 16; n++) client.write('p', 'x'.repeat(250_000), `w${n}`);
      await other.startShell('q', 'echo beside');
      await other.event('closed', 'q');
      await client.terminate('p').response({ limitMs: scene.timings.startMs });
      await client.event('closed', 'p');
      await scene.allAnswered({ limitMs: scene.timings.startMs });
    },
    judges: [
      ...processJudges,
      processEnded('q', { stdout: 'beside\n', exitCode: 0 }),
      processEnded('p', { stdout: '' }),
      everyRequestIsAnswered('WRK-5', { atLeast: 18 }),
    ],
  },
];
