import { processEnded, processJudges } from '../../judges/worker/process-outcomes.ts';
import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import { ProcessClient } from './process-client.ts';

const fill = 'x'.repeat(1016);

/** A command that writes so many lines of 1024 bytes, each with its number. */
export function linesCommand(count: number): string[] {
  const loop = `i=0; while [ $i -lt ${count} ]; do printf '%07d%s\\n' $i "$1"; i=$((i+1)); done`;
  return ['sh', '-c', loop, 'sh', fill];
}

/** What it writes. */
export function linesText(count: number): string {
  const lines = Array.from({ length: count }, (_, n) => `${String(n).padStart(7, '0')}${fill}\n`);
  return lines.join('');
}

const large = 3000;

export const processOutputScenarios: readonly WorkerScenario[] = [
  {
    id: 'process-output/any-bytes',
    title: 'Output is given byte by byte, whatever it is',
    requirements: ['PRC-1'],
    does: 'Starts a printf of NUL, bytes that are no UTF-8, and a last line without its end.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', ['printf', '\\000\\377\\200a\\r\\n\\303\\050end']).response();
      await client.event('closed', 'p');
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: Buffer.from('\0\xff\x80a\r\n\xc3(end', 'latin1'), exitCode: 0 }),
    ],
  },
  {
    id: 'process-output/large',
    title: 'Three million bytes of output come complete and in order',
    requirements: ['PRC-1'],
    does: 'Starts a command that writes three thousand numbered lines of 1024 bytes.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', linesCommand(large)).response();
      await client.event('closed', 'p', scene.timings.startMs);
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: () => linesText(large), stderr: '', exitCode: 0 }),
    ],
  },
  {
    id: 'process-output/slow-reader',
    title: 'Output that nobody reads for a while is not lost',
    requirements: ['PRC-1', 'WRK-9'],
    does: 'Starts a command that writes three million bytes while the stdout of the worker is not read, until the worker waits; then reads all of it.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', linesCommand(large)).response();
      scene.pipes.pause();
      await scene.heldUp().catch(() => {});
      scene.pipes.resume();
      await client.event('closed', 'p', scene.timings.startMs);
      await scene.stillAnswers(client.session);
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: () => linesText(large), exitCode: 0 }),
      everyRequestIsAnswered('WRK-9'),
    ],
  },
  {
    id: 'process-output/closes-stdout-and-lives',
    title: 'A command that closes its stdout and lives on is not closed before it has exited',
    requirements: ['PRC-1', 'PRC-3'],
    does: 'Starts a command that closes both streams, waits a second and exits; meanwhile it is read.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'echo last; exec >&- 2>&-; sleep 1; exit 3');
      await client.output('p', 'last');
      await client.result('p', { afterSeq: 1, waitMs: 100 });
      await client.event('closed', 'p');
      await client.readAll('p');
    },
    judges: [...processJudges, processEnded('p', { stdout: 'last\n', exitCode: 3 })],
  },
  {
    id: 'process-output/held-by-a-grandchild',
    title: 'Output of what a command has left behind comes before process/closed',
    requirements: ['PRC-1', 'PRC-3'],
    does: 'Starts a command that exits at once and leaves a process which writes a second later; reads wait beyond the exit.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', '(sleep 1; echo late) & echo early; exit 4');
      await client.event('exited', 'p');
      await client.readAll('p', { waitMs: scene.timings.startMs });
      await client.event('closed', 'p');
    },
    judges: [...processJudges, processEnded('p', { stdout: 'early\nlate\n', exitCode: 4 })],
  },
  {
    id: 'process-output/two-sessions-at-once',
    title: 'Output of two sessions at the same time is kept apart',
    requirements: ['PRC-1', 'WRK-3', 'WRK-5'],
    does: 'Starts a command of half a million bytes in each of two sessions, under the same id.',
    transports: pipe,
    async drive(scene) {
      const one = await ProcessClient.open(scene);
      const two = await ProcessClient.open(scene);
      one.start('p', linesCommand(500));
      two.start('p', linesCommand(501));
      for (const client of [one, two]) await client.event('closed', 'p', scene.timings.startMs);
    },
    judges: [
      ...processJudges,
      processEnded('p', { session: 's1', stdout: () => linesText(500), exitCode: 0 }),
      processEnded('p', { session: 's2', stdout: () => linesText(501), exitCode: 0 }),
      everyRequestIsAnswered('WRK-3'),
      everyRequestIsAnswered('WRK-5'),
    ],
  },
];
