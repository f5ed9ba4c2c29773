import { once } from 'node:events';
import { styleText } from 'node:util';

/** Writes to stdout, and waits while its reader is behind. Rejects once the signal aborts. */
export async function writeOutput(text: string, signal: AbortSignal): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain', { signal });
}

/** Writes the last text to stdout; whether its reader took all of it in time. */
export function writeLastOutput(text: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), timeoutMs);
    process.stdout.write(text, () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/** Text in a colour where stdout is a terminal that wants it (NO_COLOR, FORCE_COLOR). */
export function coloured(colour: 'green' | 'red' | 'yellow', text: string): string {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const isWanted = FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY && !NO_COLOR;
  return isWanted ? styleText(colour, text) : text;
}
