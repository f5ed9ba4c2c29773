import { coloured } from './output.ts';

/** What a run of \`validate\` came to. */
export interface Summary {
  files: number;
  frames: number;
  invalidFrames: number;
  documents: number;
  problems: number;
  /** Of these, how many were printed. */
  written: number;
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
  if (isJson) {
    const { written: _, ...counts } = summary;
    return `${JSON.stringify({ summary: { ...counts, isComplete } })}\n`;
  }
  const { frames, invalidFrames, documents, problems, written, unreadable } = summary;
  const hidden = problems - written;
  const hint = Number.isFinite(maxProblems) ? ' (--max-problems 0 prints all)' : '';
  const parts = [
    ...(hidden > 0 ? [`${counted(hidden, 'more problem')}${hint}\n`] : []),
    ...(isComplete ? [] : ['interrupted: ']),
  ];
  const checked = [
    ...(frames > 0 ? [counted(frames, 'frame')] : []),
    ...(documents > 0 ? [counted(documents, 'document')] : []),
  ].join(' and ');
  if (checked === '' && problems === 0) {
    return `${parts.join('')}${isComplete && unreadable === 0 ? 'nothing to check' : 'nothing was checked'}\n`;
  }
  if (problems === 0) return `${parts.join('')}${coloured('green', 'valid')}: ${checked}\n`;
  const where = frames > 0 ? `, ${counted(invalidFrames, 'frame')} of ${frames} invalid` : '';
  return `${parts.join('')}${coloured('red', 'invalid')}: ${counted(problems, 'problem')}${where}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
