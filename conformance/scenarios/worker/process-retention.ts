import { judgeOf } from '../../judges/facts.ts';
import { answersAre, processEnded, processJudges } from '../../judges/worker/process-outcomes.ts';
import { processOf } from '../../judges/worker/process-stories.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import { ProcessClient } from './process-client.ts';
import { linesCommand, linesText } from './process-output.ts';

/** Reads from the beginning gave all that the command wrote, and no read was refused. */
function everythingIsRetained(processId: string) {
  return judgeOf('PRC-2', {
    floor: (story) =>
      processOf(story, processId)?.reads.some(({ result }) => result?.closed === true) === true
        ? undefined
        : 'the process was not read to its end',
    fault(story) {
      const { reads = [], events = [] } = processOf(story, processId) ?? {};
      const refusal = reads.find(({ error }) => error !== undefined);
      const given = new Set(
        reads.flatMap(({ result }) => result?.chunks.map(({ seq }) => seq) ?? []),
      );
      const missing = events.find(({ kind, seq }) => kind === 'output' && !given.has(seq));
      if (refusal === undefined && missing === undefined) return undefined;
      return {
        reason: 'output of 1 MiB or less was not retained',
        expected: 'every chunk',
        seen:
          refusal === undefined
            ? `no chunk ${missing?.seq}`
            : refusal.response.bytes.toString('utf8', 0, 300),
        records: reads.slice(0, 1).map(({ request }) => request.seq),
      };
    },
  });
}

/** A read from the beginning was refused, or gave the first chunk: the general judges see to the rest. */
const lossIsTold = judgeOf('PRC-4', {
  floor: (story) =>
    processOf(story, 'p')?.reads.some(({ afterSeq }) => afterSeq === 0) === true
      ? undefined
      : 'the process was not read',
  fault: () => undefined,
});

/** Reads from where the error says that there is something. */
async function readOldest(client: ProcessClient): Promise<void> {
  const { bytes } = await client.read('p', { afterSeq: 0 }).response();
  const { error } = JSON.parse(bytes.toString()) as {
    error?: { message?: unknown; data?: { oldestSeq?: unknown } };
  };
  const named = error?.data?.oldestSeq ?? String(error?.message).match(/\d+/)?.[0];
  const oldest = Number(named);
  await client.readAll('p', { afterSeq: Number.isSafeInteger(oldest) ? oldest - 1 : 0 });
}

export const processRetentionScenarios: readonly WorkerScenario[] = [
  {
    id: 'process-retention/one-mebibyte',
    title: 'Output of 1 MiB can be read again from its beginning',
    requirements: ['PRC-2', 'PRC-3'],
    does: 'Lets a command write 1 048 576 bytes, and reads them when it is closed, in one budget and in small ones.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', linesCommand(1024)).response();
      await client.event('closed', 'p', scene.timings.startMs);
      await client.readAll('p');
      await client.readAll('p', { maxBytes: 100_000 });
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: () => linesText(1024), exitCode: 0 }),
      everythingIsRetained('p'),
    ],
  },
  {
    id: 'process-retention/while-it-runs',
    title: 'Output is retained while the command runs',
    requirements: ['PRC-2', 'PRC-3'],
    does: 'Reads a command from its beginning again and again while it writes half a MiB, and once more at its end.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', linesCommand(512)).response();
      for (let n = 0; n < 5; n++) await client.result('p', { maxBytes: 65_536 });
      await client.event('closed', 'p', scene.timings.startMs);
      await client.readAll('p');
    },
    judges: [...processJudges, everythingIsRetained('p')],
  },
  {
    id: 'process-retention/output-lost',
    title: 'A read of output that is gone is an error that names the oldest number',
    requirements: ['PRC-4', 'PRC-2'],
    does: 'Lets a command write 4 MiB, reads it from its beginning, and then from the number that the error names. A worker that retains all of it gives all of it.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', linesCommand(4096)).response();
      await client.event('closed', 'p', scene.timings.startMs);
      await readOldest(client);
    },
    judges: [
      ...processJudges,
      processEnded('p', { stdout: () => linesText(4096), exitCode: 0 }),
      lossIsTold,
    ],
  },
  {
    id: 'process-retention/thirty-seconds',
    title: 'A process is kept for 30 s after process/closed, and then its id is free',
    requirements: ['PRC-2', 'PRC-4'],
    does: 'Reads a closed process for 28 s, waits until it is forgotten, and starts another under its id.',
    transports: pipe,
    isLong: true,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'echo first; exit 6');
      await client.event('closed', 'p');
      const closedMs = performance.now();
      while (performance.now() - closedMs < 28_000) {
        await client.readAll('p');
        await new Promise((resolve) => setTimeout(resolve, 4000));
      }
      const isForgotten = async () => (await client.result('p')) === undefined;
      const limitMs = 30_000 + scene.timings.startMs;
      while (performance.now() - closedMs < limitMs && !(await isForgotten())) {
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      await client.start('p', ['sh', '-c', 'echo second'], { id: 'again' }).response();
      await scene.until('the second end', () => client.count('closed', 'p') > 1, {
        limitMs: scene.timings.startMs,
        requirement: 'PRC-2',
      });
    },
    judges: [
      ...processJudges,
      answersAre('PRC-2', { again: { processId: 'p' } }),
      processEnded('p', { stdout: 'second\n', exitCode: 0 }),
    ],
  },
];
