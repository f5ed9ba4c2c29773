import type { CommandEntry } from '../command.ts';

export const commands: readonly CommandEntry[] = [
  {
    name: 'schema',
    summary: 'list the schemas, or print one as JSON Schema or TypeScript',
    load: async () => (await import('./schema-command.ts')).schemaCommand,
  },
];
