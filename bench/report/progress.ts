import type { WriteStream } from 'node:tty';

/** One line on a terminal that is written over; nothing anywhere else. */
export interface Progress {
  say(text: string): void;
  clear(): void;
}

export function createProgress(stream: WriteStream): Progress {
  const eraseLine = '\r\x1b[K';
  if (!stream.isTTY) return { say() {}, clear() {} };
  return {
    say: (text) => void stream.write(eraseLine + text.slice(0, stream.columns - 1)),
    clear: () => void stream.write(eraseLine),
  };
}
