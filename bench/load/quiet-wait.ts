import { nowNs } from './now.ts';

const nsPerMs = 1e6;
const checksPerQuiet = 20;

/** Waits for something that reads bring about, and gives up when nothing has been read for long. */
export interface QuietWait {
  /** Something was read. */
  touch(atNs: number): void;
  /** Resolves when it is so, at the latest after the quiet time. */
  until(isSo: () => boolean): Promise<void>;
  /** Looks whether it is so now. */
  check(): void;
  /** Nothing more will be read: resolves what waits, and all later waits. */
  end(): void;
}

export function createQuietWait(quietMs: number): QuietWait {
  let touchedNs = nowNs();
  let isEnded = false;
  let check = () => {};

  function until(isSo: () => boolean): Promise<void> {
    touchedNs = nowNs();
    return new Promise((resolve) => {
      const timer = setInterval(() => check(), quietMs / checksPerQuiet);
      check = () => {
        if (!isEnded && !isSo() && nowNs() - touchedNs < quietMs * nsPerMs) return;
        clearInterval(timer);
        check = () => {};
        resolve();
      };
      check();
    });
  }

  return {
    touch(atNs) {
      touchedNs = atNs;
    },
    until,
    check: () => check(),
    end() {
      isEnded = true;
      check();
    },
  };
}
