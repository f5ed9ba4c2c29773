import { printable } from '../../command.ts';
import type { Log, LogFacts } from '../bus/log.ts';
import type { StderrStream } from '../daemon/stderr-stream.ts';
import { type LineLevel, textLine } from '../daemon/text-line.ts';

/** The log of a worker: lines for people on stderr, with the stack of a fault below. WRK-1. */
export function createWorkerLog(stderr: StderrStream): Log {
  const write = (level: LineLevel) => (all: LogFacts, message: string) => {
    const { stack, ...facts } = all;
    const line = textLine({ level, message, facts, at: new Date(), isColoured: false });
    const below = typeof stack === 'string' ? stack.split('\n') : [];
    stderr.write(line + below.map((frame) => `  ${printable(frame)}\n`).join(''));
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
