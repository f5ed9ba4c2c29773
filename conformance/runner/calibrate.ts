import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { HarnessError } from '../harness-error.ts';
import { History } from '../history/history.ts';
import { ProbeHub } from '../probe/probe-hub.ts';
import { makeRunFolder } from '../scene/run-mark.ts';
import { probeCommand } from '../scene/scene-config.ts';

const patienceMs = 20_000;

/**
 * Starts probe workers without any bus and has each answer a request: shows that the suite works, and
 * how fast this machine starts a worker, in milliseconds (the slower one of two). Throws HarnessError.
 */
export async function calibrate(): Promise<number> {
  let slowestMs = 0;
  for (let n = 0; n < 2; n++) slowestMs = Math.max(slowestMs, await startOnce());
  return slowestMs;
}

async function startOnce(): Promise<number> {
  const folder = makeRunFolder();
  const path = join(folder, 'control');
  const startedMs = performance.now();
  let child: ChildProcess | undefined;
  let hub: ProbeHub | undefined;
  try {
    hub = new ProbeHub({ path, history: emptyHistory(), sessionIdField: 'sessionId', onNews() {} });
    await hub.listen();
    const { command, args } = probeCommand(path, 'main');
    child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    await answerOf(child);
    return performance.now() - startedMs;
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    throw new HarnessError(`a probe worker cannot be started: ${(error as Error).message}`);
  } finally {
    child?.kill('SIGKILL');
    hub?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answerOf(child: ChildProcess): Promise<void> {
  const stdin = child.stdin as Writable;
  stdin.on('error', () => {});
  stdin.write('{"jsonrpc":"2.0","id":1,"method":"probe/echo"}\n');
  let stderr = '';
  (child.stderr as Readable).on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new HarnessError(`a probe worker ended (${code ?? signal}): ${stderr.slice(-500)}`);
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(
      () => reject(new HarnessError(`a probe worker did not answer within ${patienceMs / 1000} s`)),
      patienceMs,
    ).unref();
  });
  await Promise.race([once(child.stdout as Readable, 'data'), ended, late]);
  ended.catch(() => {});
}

function emptyHistory(): History {
  return new History({
    kind: 'scenario',
    scenario: 'calibration',
    transport: 'pipe',
    sessionIdField: 'sessionId',
    limits: {},
    pools: [],
    capabilities: [],
    timeScale: 1,
    seed: '0',
    deadlinesUs: {},
  });
}
