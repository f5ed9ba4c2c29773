import type { JsonSchema } from './schema-file.ts';

/** The keyword that names the requirement which a definition or member serves. */
export const requirementKeyword = 'x-requirement';

/** A JSON value as TypeScript writes it. */
export function literal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16)}`,
  );
}

/** A member's name, quoted where it has to be. */
export function propertyKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : literal(key);
}

/** Description, default, requirement and examples as a TSDoc comment, or nothing. */
export function docComment(schema: JsonSchema, indent: string): string {
  if (typeof schema === 'boolean' || typeof schema.description !== 'string') return '';
  const lines = wrap(schema.description, 96 - indent.length);
  if ('default' in schema) lines.push('', `@defaultValue \`${literal(schema.default)}\``);
  const requirement = schema[requirementKeyword];
  if (typeof requirement === 'string') lines.push('', `Serves ${requirement}.`);
  for (const example of (schema.examples ?? []) as unknown[]) {
    lines.push('', '@example', '```json', literal(example), '```');
  }
  const safe = lines.map((line) => line.replaceAll('*/', '*\\/'));
  if (safe.length === 1) return `${indent}/** ${safe[0]} */\n`;
  const body = safe.map((line) => `${indent} * ${line}`.trimEnd());
  return `${[`${indent}/**`, ...body, `${indent} */`].join('\n')}\n`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
