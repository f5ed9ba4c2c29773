import { htmlText } from '../../report-page/html-text.ts';
import type { CheckVerdict } from '../../schemas/generated/conformance-report.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { plainProse } from '../catalogue/prose.ts';
import { verdictHtml } from './verdict-words.ts';

interface RequirementContext {
  readonly catalogue: Catalogue;
  readonly verdict: CheckVerdict;
  /** Whether the whole text of the specification is wanted, to fold out. */
  readonly isLong: boolean;
}

/** A requirement with its level, what it asks for in a sentence, and how it came out. */
export function requirementHtml(id: string, context: RequirementContext): string {
  const { catalogue, verdict, isLong } = context;
  const requirement = catalogue.find(id);
  const level = requirement === undefined ? '' : ` <span class="level">${requirement.level}</span>`;
  const title = htmlText(requirement?.title ?? '');
  const head = `<h3>${verdictHtml(verdict)} ${htmlText(id)}${level} ${title}</h3>`;
  if (!isLong || requirement === undefined) return head;
  const prose = plainProse(catalogue.prose(requirement)).replace(
    /^(?:MUST|SHOULD|MAY)\b[^\n]*\n+/,
    '',
  );
  return `${head}<details><summary>What ${htmlText(id)} asks for</summary><p class="prose">${htmlText(prose)}</p></details>`;
}
