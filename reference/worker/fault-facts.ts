import type { LogFacts } from '../bus/log.ts';

/** What is known of anything that was thrown, for the log. */
export function faultFacts(thrown: unknown): LogFacts {
  const [error = '', ...frames] = stackOf(thrown).split('\n');
  return frames.length === 0 ? { error } : { error, stack: frames.join('\n') };
}

function stackOf(thrown: unknown): string {
  try {
    const { stack } = (thrown ?? {}) as { stack?: unknown };
    return typeof stack === 'string' ? stack : String(thrown);
  } catch {
    return 'something that cannot be written';
  }
}
