import { printable } from '../../command.ts';

export interface ProgressLine {
  /** So many bytes more were read. */
  add(byteLength: number): void;
  /** What is known so far. */
  show(counts: { readonly frames: number; readonly problems: number }): void;
  /** Takes the line away again. */
  end(): void;
}

const intervalMs = 200;

/** A line on stderr that says how far a long check is; nothing where stderr is no terminal. */
export function createProgressLine(file: string): ProgressLine {
  if (!process.stderr.isTTY) return { add: () => {}, show: () => {}, end: () => {} };
  let bytes = 0;
  let counts = { frames: 0, problems: 0 };
  let isShown = false;
  const timer = setInterval(() => {
    const { frames, problems } = counts;
    const mebibytes = (bytes / 1024 / 1024).toFixed(0);
    process.stderr.write(
      `\r\x1b[K${printable(file)}: ${mebibytes} MiB, ${frames} frames, ${problems} problems`,
    );
    isShown = true;
  }, intervalMs);
  return {
    add: (byteLength) => {
      bytes += byteLength;
    },
    show: ({ frames, problems }) => {
      counts = { frames, problems };
    },
    end: () => {
      clearInterval(timer);
      if (isShown) process.stderr.write('\r\x1b[K');
      isShown = false;
    },
  };
}
