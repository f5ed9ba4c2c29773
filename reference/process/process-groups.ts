import type { Clock } from '../bus/clock.ts';
import { killGroup, OrphanGuard } from '../worker/orphan-guard.ts';

/** How often it is looked whether what a command has left behind is still there. */
const lookMs = 1000;

/**
 * The process group of one command: known from its start until the last process in it is gone, since a
 * number that is free again may be given to a stranger.
 */
export interface ProcessGroup {
  /** Signals what is left of it. */
  signal(signal: NodeJS.Signals): void;
  /** The command itself has ended. */
  leaderEnded(): void;
}

/** The process groups of the commands: none of them outlives this process. Serves DRN-5. */
export class ProcessGroups {
  readonly #clock: Clock;
  readonly #guard = new OrphanGuard();
  /** Groups whose command has ended, and that are not empty. */
  readonly #left = new Set<number>();
  #cancelLook: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A command leads this group. */
  add(pid: number): ProcessGroup {
    let hasLeader = true;
    this.#guard.add(pid);
    return {
      signal: (signal) => {
        if (hasLeader || this.#isLeft(pid)) killGroup(pid, signal);
      },
      leaderEnded: () => {
        hasLeader = false;
        this.#left.add(pid);
        this.#look();
      },
    };
  }

  /** Kills all groups at once, and watches over none any more. */
  close(): void {
    this.#cancelLook?.();
    this.#guard.killAll();
    this.#guard.close();
  }

  #isLeft(pid: number): boolean {
    if (!this.#left.has(pid)) return false;
    if (isThere(pid)) return true;
    this.#left.delete(pid);
    this.#guard.delete(pid);
    return false;
  }

  #look(): void {
    this.#cancelLook?.();
    this.#cancelLook = undefined;
    for (const pid of [...this.#left]) this.#isLeft(pid);
    if (this.#left.size > 0) this.#cancelLook = this.#clock.after(lookMs, () => this.#look());
  }
}

function isThere(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch (error) {
    // Another user's: it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
