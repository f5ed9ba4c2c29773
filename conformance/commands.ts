import type { CommandEntry } from '../command.ts';

export const commands: readonly CommandEntry[] = [
  {
    name: 'conform',
    summary: 'judge any bus by the specification, and say what exactly happened',
    load: async () => (await import('./conform-command.ts')).conformCommand,
  },
];
