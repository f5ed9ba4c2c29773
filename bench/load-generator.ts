/**
 * The load generator: a process of its own, so that it takes no time from what reports. One command
 * as JSON on the command line, or one a line on stdin; one result a line on stdout.
 *
 * node load-generator.js '{"kind":"load","target":{"kind":"command","argv":["./echo"]},…}'
 */
import { createInterface } from 'node:readline';
import { type IdleConnections, openIdleConnections } from './load/idle-connections.ts';
import { emptyCounts, type GeneratorCommand, type LoadResult } from './load/load-command.ts';
import { runLoad } from './load/load-run.ts';

let idle: IdleConnections | undefined;

async function resultOf(line: string): Promise<LoadResult> {
  try {
    const command = JSON.parse(line) as GeneratorCommand;
    if (command.kind === 'load') return await runLoad(command);
    if (command.kind === 'idle') idle = await openIdleConnections(command);
    if (idle === undefined) throw new Error('there are no idle connections');
    const result = await idle.ask();
    if (command.kind === 'close') idle.close();
    return result;
  } catch (error) {
    const rates = { framesPerSec: 0, bytesPerSec: 0, durationMs: 0, generatorCpuShare: 0 };
    return { counts: emptyCounts(), ...rates, error: (error as Error).message };
  }
}

async function answer(line: string): Promise<void> {
  process.stdout.write(`${JSON.stringify(await resultOf(line))}\n`);
}

const [argument] = process.argv.slice(2);
if (argument !== undefined) {
  await answer(argument);
} else {
  for await (const line of createInterface({ input: process.stdin })) await answer(line);
}
// Whatever is still open is nobody's any more.
process.exit();
