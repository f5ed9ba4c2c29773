/** Splits a command line at spaces; quotes group, a backslash outside them takes the next as it is. */
export function argvFrom(commandLine: string): string[] {
  const words = commandLine.matchAll(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/g);
  return Array.from(words, ([word]) =>
    word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g, (_, single, double, escaped) => {
      return single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped;
    }),
  );
}

export const placeholders = ['config', 'host', 'port', 'socket'] as const;
export type Placeholder = (typeof placeholders)[number];

/** Puts the values in; others in braces stay as they are. */
export function filled(argv: readonly string[], values: Record<Placeholder, string>): string[] {
  return argv.map((word) =>
    word.replace(/\{(config|host|port|socket)\}/g, (_, name: Placeholder) => values[name]),
  );
}

export function hasPlaceholder(argv: readonly string[], name: Placeholder): boolean {
  return argv.some((word) => word.includes(`{${name}}`));
}
