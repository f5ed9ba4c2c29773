import { htmlText, visibleHtml } from './html-text.ts';
import { sequenceSvg } from './sequence-svg.ts';

/** Who takes part: a column of the diagram. */
export interface SequenceLane {
  readonly name: string;
  /** What it is, in a word or two below its name. */
  readonly detail: string;
  /** The steps between which it is there, by index. */
  readonly first: number;
  readonly last: number;
  /** Whether it ended there, and did not only go unmentioned from then on. */
  readonly isEnded: boolean;
}

/** How a step is drawn: an arrow between lanes, a sign on one, a remark across all. */
export type SequenceShape =
  | { readonly kind: 'arrow'; readonly from: number; readonly to: number; readonly dashed?: true }
  | { readonly kind: 'mark'; readonly lane: number; readonly sign: SequenceSign }
  | { readonly kind: 'across' };

export type SequenceSign = 'note' | 'start' | 'end' | 'fault';

/** Something that happened. */
export interface SequenceStep {
  readonly atMs: number;
  readonly shape: SequenceShape;
  /** A few words, drawn beside the shape. */
  readonly label: string;
  /** The whole of it, for the table and for the panel of the current step. */
  readonly sentence: string;
  /** Bytes that went over, with signs for what cannot be seen: ␊ for LF, as Unicode has them. */
  readonly bytes?: string;
  readonly tone?: 'bad' | 'warn' | 'quiet';
  /** A colour for what belongs together, counted from 0. */
  readonly series?: number;
  /** Whether it is what the reader came for: the diagram opens there. */
  readonly isNamed?: boolean;
}

/** A lane is at work between two steps, by index. */
export interface SequenceSpan {
  readonly lane: number;
  readonly first: number;
  readonly last: number;
  /** How many others it is drawn beside. */
  readonly depth: number;
}

export interface SequenceDiagram {
  /** What there is to see, in a sentence. */
  readonly caption: string;
  readonly lanes: readonly SequenceLane[];
  readonly steps: readonly SequenceStep[];
  readonly spans: readonly SequenceSpan[];
}

/**
 * The diagram as HTML: lanes and arrows in a box of its own, which arrow keys step through once
 * `sequenceScript` is told of it, a panel for the current step, and the same as a table.
 */
export function sequenceHtml(diagram: SequenceDiagram): string {
  const { caption, steps } = diagram;
  const { head, body } = sequenceSvg(diagram);
  const count = `${steps.length} event${steps.length === 1 ? '' : 's'}`;
  return `<div class="sequence">
<p class="quiet">${htmlText(caption)}</p>
<div class="sequence-split"><div class="sequence-box" tabindex="0" role="group" aria-label="Sequence diagram, ${count}: arrow keys step through them">
<div class="sequence-head" aria-hidden="true">${head}</div>
<div role="img" aria-label="Sequence diagram; the table below says the same">${body}</div></div>
<div class="sequence-panel"><p class="sequence-tools screen-only"><button class="plain" type="button" data-move="-1">‹ Previous</button> <button class="plain" type="button" data-move="1">Next ›</button> <span class="quiet"></span> <span class="keys">or ↑ ↓ in the diagram</span></p>
<div class="sequence-step" aria-live="polite"></div></div></div>
<details class="sequence-table"><summary>The same as a table</summary>
<div class="scroll" tabindex="0" role="group" aria-label="Events"><table aria-label="Events">
<thead><tr><th scope="col" class="number"><span>#</span></th><th scope="col" class="number"><span>ms</span></th><th scope="col"><span>event</span></th></tr></thead>
<tbody>${steps.map(rowHtml).join('\n')}</tbody></table></div></details>
</div>`;
}

function rowHtml({ atMs, sentence, bytes, tone, isNamed }: SequenceStep, index: number): string {
  const named = isNamed ? ' <strong class="named">named by the verdict</strong>' : '';
  const text = bytes === undefined ? '' : `<pre>${visibleHtml(bytes)}</pre>`;
  const kind = tone === undefined ? '' : ` class="${tone}"`;
  return `<tr><td class="number">${index + 1}</td><td class="number">${atMs.toFixed(1)}</td><td><span${kind}>${htmlText(sentence)}</span>${named}${text}</td></tr>`;
}
