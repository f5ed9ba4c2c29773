import type {
  ConformanceReport,
  RequirementVerdict,
} from '../../schemas/generated/conformance-report.ts';

type Tone = 'good' | 'bad' | 'warn' | 'quiet';

/** How a verdict looks: a sign for those who see no colours, a word, a colour. */
export interface VerdictWords {
  readonly sign: string;
  readonly words: string;
  readonly tone: Tone;
}

/** Verdicts of scenarios and requirements. */
export const verdictWords: Readonly<Record<RequirementVerdict, VerdictWords>> = {
  fail: { sign: '✗', words: 'failed', tone: 'bad' },
  'harness-error': { sign: '!', words: 'harness error', tone: 'warn' },
  inconclusive: { sign: '?', words: 'inconclusive', tone: 'warn' },
  pass: { sign: '✓', words: 'passed', tone: 'good' },
  'not-applicable': { sign: '–', words: 'not applicable', tone: 'quiet' },
  'not-run': { sign: '·', words: 'not run', tone: 'quiet' },
};

/** What people look for first. */
export const verdictsFromWorst = Object.keys(verdictWords) as RequirementVerdict[];

/** Verdicts of a whole report. */
export const reportVerdictWords: Readonly<Record<ConformanceReport['verdict'], VerdictWords>> = {
  conformant: { sign: '✓', words: 'Conformant', tone: 'good' },
  'not-conformant': { sign: '✗', words: 'Not conformant', tone: 'bad' },
  inconclusive: { sign: '?', words: 'Inconclusive', tone: 'warn' },
  'harness-error': { sign: '!', words: 'Not judged', tone: 'warn' },
};

/** A verdict as HTML. */
export function verdictHtml(verdict: RequirementVerdict): string {
  const { sign, words, tone } = verdictWords[verdict];
  return `<span class="${tone} verdict-sign"><span aria-hidden="true">${sign}</span> ${words}</span>`;
}
