import type { CommandEntry } from '../command.ts';

export const commands: readonly CommandEntry[] = [
  {
    name: 'bench',
    summary: 'compare buses under load, and find out how many workers are enough',
    load: async () => (await import('./bench-command.ts')).benchCommand,
  },
];
