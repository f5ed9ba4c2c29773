/**
 * The text with something else between `<!-- NAME -->` and `<!-- /NAME -->`; undefined where it has
 * no such comments, each on a line of its own.
 */
export function betweenMarks(text: string, name: string, content: string): string | undefined {
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) return undefined;
  return `${text.slice(0, from + start.length)}\n${content.trim()}\n\n${text.slice(to)}`;
}
