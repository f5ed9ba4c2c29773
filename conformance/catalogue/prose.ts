/**
 * What stands under the heading of a requirement, to the next heading: `frm-1` is that of FRM-1.
 * Empty where there is no such heading. A line in a code fence is no heading.
 */
export function proseAtHeading(markdown: string, anchor: string): string {
  const lines: string[] = [];
  let isInside = false;
  let isFenced = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) isFenced = !isFenced;
    const heading = isFenced ? undefined : /^#{1,6} (.+)$/.exec(line)?.[1];
    if (heading === undefined) {
      if (isInside) lines.push(line);
    } else if (isInside) break;
    else isInside = heading.trim().toLowerCase() === anchor;
  }
  return lines.join('\n').trim();
}

/** Prose for a terminal: links as their text, no marks of emphasis. */
export function plainProse(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*\*([^*]+)\*\*/g, '$1');
}
