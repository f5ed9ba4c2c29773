import type { StartFailure } from '../../schemas/generated/conformance-report.ts';

/** How the subject failed to start, in some lines: command, end, the last of its stderr. */
export function startFailureText(failure: StartFailure): string {
  const { command, stderr, error } = failure;
  const lines = [
    `the subject did not start: ${endOf(failure)}`,
    `command: ${commandText(command)}`,
  ];
  if (error !== undefined) return lines.join('\n');
  if (stderr.length === 0) return [...lines, 'it wrote nothing on stderr'].join('\n');
  return [...lines, 'the last of its stderr:', ...stderr.map((line) => `  ${line}`)].join('\n');
}

function endOf({ error, how, signal, exitCode }: StartFailure): string {
  if (error !== undefined) return `it cannot be executed: ${error}`;
  if (how !== undefined) return how;
  if (signal !== null) return `${signal} ended it`;
  if (exitCode !== null) return `it exited with ${exitCode}`;
  return 'it ran, but could not be reached';
}

/** An argv as one may type it in a shell. */
export function commandText(argv: readonly string[]): string {
  return argv
    .map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
