import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Reads `+ PID` and `- PID`, and at the end of its input, which is the end of whoever writes, kills the
 * process groups that are left. A shell, since it must not die with the group of its parent.
 */
const script = `trap '' TERM INT HUP
left=' '
while read -r what pid; do
  case $what in
    +) left="$left$pid " ;;
    -) case $left in *" $pid "*) left="\${left%% $pid *} \${left#* $pid }" ;; esac ;;
  esac
done
for pid in $left; do kill -s KILL -- "-$pid"; done`;

/**
 * Sees to it that no process group outlives this process, also where this one gets SIGKILL. Serves
 * DRN-5.
 */
export class OrphanGuard {
  #shell: ChildProcess | undefined;
  readonly #pids = new Set<number>();

  /** A process group is watched from now on. */
  add(pid: number): void {
    this.#pids.add(pid);
    this.#shell ??= startShell();
    this.#shell.stdin?.write(`+ ${pid}\n`);
  }

  /** It has ended. */
  delete(pid: number): void {
    if (this.#pids.delete(pid)) this.#shell?.stdin?.write(`- ${pid}\n`);
  }

  /** Kills the groups that are left, at once. */
  killAll(): void {
    for (const pid of this.#pids) killGroup(pid, 'SIGKILL');
    this.#pids.clear();
  }

  /** Lets the shell end. */
  close(): void {
    this.#shell?.stdin?.end();
  }
}

function startShell(): ChildProcess {
  const shell = spawn('sh', ['-c', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without it, this process still ends its children itself.
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  return shell;
}

/** Signals a process and all of its group. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
