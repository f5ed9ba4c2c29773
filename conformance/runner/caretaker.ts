import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { runMark } from '../scene/run-mark.ts';

/**
 * Starts a process that outlives this one for a moment: when this process has ended, in whatever way,
 * nothing of the run is left over. It keeps nobody from ending.
 */
export function startCaretaker(): void {
  const script = fileURLToPath(new URL('caretaker-process.js', import.meta.url));
  const child = spawn(process.execPath, [script, runMark], {
    // A Ctrl-C is for the suite alone.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  child.on('error', () => {});
  child.unref();
  const stdin = child.stdin as unknown as Socket;
  stdin.on('error', () => {});
  stdin.unref();
}
