import { printable } from '../../command.ts';
import { markdownText } from '../report/markdown-text.ts';
import { verdictSentence } from '../report/verdict-sentence.ts';
import type { Matrix } from './matrix.ts';
import { verdictWords } from './verdict-words.ts';

/** The matrix for a terminal: a line for each requirement, a column of signs for each report. */
export function terminalTextFromMatrix({ subjects, rows }: Matrix): string {
  const width = Math.max(...rows.map(({ id }) => id.length), 4);
  const names = subjects.map(({ name, report }, at) => {
    const column = String.fromCharCode(97 + (at % 26));
    return `${column}  ${printable(name)}: ${printable(verdictSentence(report))}`;
  });
  const head = subjects.map((_, at) => String.fromCharCode(97 + (at % 26))).join(' ');
  const lines = rows.map(({ id, level, title, cells, isDifferent }) => {
    const signs = cells.map(({ verdict }) => verdictWords[verdict].sign).join(' ');
    return `${id.padEnd(width)}  ${signs}  ${isDifferent ? '≠' : ' '}  ${level.padEnd(6)}  ${title}`;
  });
  const used = new Set(rows.flatMap(({ cells }) => cells.map(({ verdict }) => verdict)));
  const legend = [...used].map(
    (verdict) => `${verdictWords[verdict].sign} ${verdictWords[verdict].words}`,
  );
  return `${names.join('\n')}\n\n${''.padEnd(width)}  ${head}\n${lines.join('\n')}\n\n${legend.join(', ')}, ≠ they differ\n`;
}

/** The matrix in Markdown. */
export function markdownFromMatrix({ subjects, rows }: Matrix): string {
  const head = subjects.map(({ name }) => markdownText(name));
  const table = rows.map(({ id, level, title, cells }) => {
    const signs = cells.map(({ verdict }) => {
      const { sign, words } = verdictWords[verdict];
      return verdict === 'pass' ? sign : `${sign} ${words}`;
    });
    return `| ${id} | ${level} | ${markdownText(title)} | ${signs.join(' | ')} |`;
  });
  const sentences = subjects.map(({ report }) => `- ${markdownText(verdictSentence(report))}`);
  return `# Conformance, side by side

${sentences.join('\n')}

| requirement | level | what it asks for | ${head.join(' | ')} |
|---|---|---|${head.map(() => ':-:|').join('')}
${table.join('\n')}
`;
}
