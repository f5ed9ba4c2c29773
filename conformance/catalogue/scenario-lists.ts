import type { SelectableScenario } from '../selection/selection.ts';

const longestLine = 100;

/**
 * The text of `requirements.yaml` in which each requirement names the scenarios that check it, in
 * the order of the suite; everything else stays as it is. Throws where a scenario checks what the
 * catalogue does not have.
 */
export function textWithScenarioLists(
  text: string,
  scenarios: readonly Pick<SelectableScenario, 'id' | 'requirements'>[],
): string {
  const left = new Set(scenarios.flatMap(({ requirements }) => requirements));
  const filled = text.replace(
    /^( +)- id: (\S+)\n((?:\1 {2}.*\n)*?)\1 {2}scenarios: \[[^\]]*\]\n/gm,
    (_, indent: string, id: string, members: string) => {
      left.delete(id);
      const ids = scenarios
        .filter(({ requirements }) => requirements.includes(id))
        .map((scenario) => scenario.id);
      return `${indent}- id: ${id}\n${members}${listLines(`${indent}  scenarios: `, ids)}`;
    },
  );
  if (left.size === 0) return filled;
  throw new Error(`scenarios check ${[...left].join(', ')}, which requirements.yaml does not list`);
}

/** A list in YAML's flow style, on as many lines as it needs. */
function listLines(name: string, ids: readonly string[]): string {
  const whole = `${name}[${ids.join(', ')}]`;
  if (whole.length <= longestLine) return `${whole}\n`;
  const indent = ' '.repeat(name.search(/\S/) + 2);
  const lines: string[] = [];
  let line = indent;
  for (const [index, id] of ids.entries()) {
    const item = index === ids.length - 1 ? id : `${id},`;
    if (line.trim() !== '' && line.length + 1 + item.length > longestLine) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? item : ` ${item}`;
  }
  return `${name}[\n${[...lines, line].join('\n')}\n${indent.slice(2)}]\n`;
}
