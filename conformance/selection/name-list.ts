import { UsageError } from '../../command.ts';
import { nearestName } from '../../schemas/nearest-name.ts';

/**
 * The names in an option's text, `tcp,unix` or `all`, each once and in the order of those known.
 * Throws UsageError for a name that is not known and for none at all.
 */
export function nameListFromOption<T extends string>(
  option: string,
  text: string,
  known: readonly T[],
): T[] {
  const names = textListFromOption(option, text);
  for (const name of names) {
    if (name === 'all' || known.some((candidate) => candidate === name)) continue;
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    throw new UsageError(`${option} is all or some of ${known.join(', ')}, not "${name}"${hint}`);
  }
  return names.includes('all') ? [...known] : known.filter((name) => names.includes(name));
}

/** The texts in an option's text, divided by commas. Throws UsageError where one is empty. */
export function textListFromOption(option: string, text: string): string[] {
  const texts = text.split(',').map((part) => part.trim());
  if (!texts.includes('')) return texts;
  throw new UsageError(`${option} needs a name before and after each comma, not "${text}"`);
}
