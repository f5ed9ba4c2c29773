import { printable } from '../../command.ts';

const longest = 2000;

/** Any text as plain text of Markdown on one line, in a cell of a table too. */
export function markdownText(text: string): string {
  return printable(text, longest)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]#|~$]/g, '\\$&');
}

/** Any text as code within a line. */
export function markdownCode(text: string): string {
  const code = printable(text, longest);
  const fence = '`'.repeat(longestRun(code) + 1);
  const space = /^[` ]|[` ]$/.test(code) || code === '' ? ' ' : '';
  return `${fence}${space}${code}${space}${fence}`;
}

/** Any lines as a block of code. */
export function markdownBlock(lines: readonly string[]): string {
  const code = lines.map((line) => printable(line, longest));
  const fence = '`'.repeat(Math.max(3, longestRun(code.join('\n')) + 1));
  return [`${fence}text`, ...code, fence].join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
