import type { Log, LogFacts } from '../bus/log.ts';
import type { StderrStream } from './stderr-stream.ts';
import { type LineLevel, textLine } from './text-line.ts';

export const logLevels = ['info', 'warn', 'error', 'silent'] as const;
export const logFormats = ['text', 'json'] as const;

export interface DaemonLogOptions {
  readonly level: (typeof logLevels)[number];
  readonly format: (typeof logFormats)[number];
}

/** The log of a daemon. */
export interface DaemonLog extends Log {
  /** Tells it whatever the level is: what scripts wait for. */
  announce(facts: LogFacts, message: string): void;
}

/** Makes a log: lines for people, or pino's. */
export async function createDaemonLog(
  { level, format }: DaemonLogOptions,
  stderr: StderrStream,
): Promise<DaemonLog> {
  return format === 'json' ? jsonLog(level, stderr) : textLog(level, stderr);
}

/** pino takes 15 ms to load, so that it is only where its lines are wanted. */
async function jsonLog(level: DaemonLogOptions['level'], stderr: StderrStream): Promise<DaemonLog> {
  const { pino } = await import('pino');
  const logger = pino({ name: 'stdio_bus', level }, stderr);
  const announcer = logger.child({}, { level: 'info' });
  return {
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error: (facts, message) => logger.error(facts, message),
    announce: (facts, message) => announcer.info(facts, message),
  };
}

function textLog(lowest: DaemonLogOptions['level'], stderr: StderrStream): DaemonLog {
  const { NO_COLOR, TERM } = process.env;
  const isColoured = stderr.isTerminal && !NO_COLOR && TERM !== 'dumb';
  const write = (level: LineLevel) => (facts: LogFacts, message: string) =>
    stderr.write(textLine({ level, message, facts, at: new Date(), isColoured }));
  const from = (level: LineLevel) =>
    logLevels.indexOf(level) < logLevels.indexOf(lowest) ? () => {} : write(level);
  return { info: from('info'), warn: from('warn'), error: from('error'), announce: write('info') };
}
