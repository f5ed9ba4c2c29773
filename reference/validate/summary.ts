import { coloured } from './problem-writer.ts';

/** What a run of \`validate\` came to. */
export interface Summary {
  files: number;
  frames: number;
  invalidFrames: number;
  documents: number;
  problems: number;
  unreadable: number;
}

export interface SummaryOptions {
  readonly isJson: boolean;
  readonly maxProblems: number;
  /** False where the run was interrupted. */
  readonly isComplete: boolean;
}

/** The last line of the output: for people, or as a JSON object with the one member `summary`. */
export function summaryText(summary: Summary, options: SummaryOptions): string {
  const { isJson, maxProblems, isComplete } = options;
  if (isJson) return `${JSON.stringify({ summary: { ...summary, isComplete } })}\n`;
  const { frames, invalidFrames, documents, problems } = summary;
  const hidden = problems - maxProblems;
  const parts = [
    ...(hidden > 0 ? [`${counted(hidden, 'more problem')} (--max-problems 0 prints all)\n`] : []),
    ...(isComplete ? [] : ['interrupted: ']),
  ];
  const checked = [
    ...(frames > 0 ? [counted(frames, 'frame')] : []),
    ...(documents > 0 ? [counted(documents, 'document')] : []),
  ].join(' and ');
  if (checked === '' && problems === 0) return `${parts.join('')}nothing to check\n`;
  if (problems === 0) return `${parts.join('')}${coloured('green', 'valid')}: ${checked}\n`;
  const where = frames > 0 ? `, ${counted(invalidFrames, 'frame')} of ${frames} invalid` : '';
  return `${parts.join('')}${coloured('red', 'invalid')}: ${counted(problems, 'problem')}${where}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
