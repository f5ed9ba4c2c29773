import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBus, runProcess } from '../index.ts';
import { print } from './print.ts';

/**
 * Git in a process session: commands that run on a worker, with their output as it comes.
 *
 *   node dist/reference/examples/git-session.js
 */
const cli = fileURLToPath(new URL('../../cli.js', import.meta.url));
const cwd = await mkdtemp(join(tmpdir(), 'git-session-'));
await using bus = await createBus({
  pools: [
    {
      id: 'commands',
      // In a pool of your own: "command": "stdio-bus-kit", "args": ["worker", "process", …]
      command: process.execPath,
      args: [cli, 'worker', 'process', '--root', cwd, '--inherit-env', 'PATH'],
      instances: 1,
    },
  ],
});

const env = { HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' };
const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];

async function git(...args: string[]): Promise<void> {
  const argv = ['git', ...who, ...args] as const;
  const run = await runProcess(bus, { argv, cwd, env, sessionId: 'ada' });
  for await (const event of run) {
    if (event.type !== 'output') continue;
    const lines = event.chunk.toString().trimEnd().split('\n');
    for (const line of lines) print(`${event.seq} ${event.stream}: ${line}`);
  }
  const { exitCode, reads } = await run.result();
  print(`git ${args[0]} ended with ${exitCode}, after ${reads} reads`);
}

await git('init', '--quiet');
await git('commit', '--quiet', '--allow-empty', '--message', 'First');
await git('log', '--format=%an: %s');
await git('show', 'nowhere');
await rm(cwd, { recursive: true });
