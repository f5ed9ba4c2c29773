import { packed } from '../../report-page/packed-part.ts';
import { sequenceHtml } from '../../report-page/sequence-diagram.ts';
import type { CheckVerdict, ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import type { HistoryRecord } from '../../schemas/generated/history.ts';
import { worstVerdict } from '../report/worst-verdict.ts';
import { type HistorySketch, historyPicture, historySketch } from './history-picture.ts';

type Named = Pick<ScenarioResult, 'id' | 'transport'>;

/**
 * The pictures of a run's histories. Of each only a sketch is kept, so that the history itself can
 * go, and nothing is drawn while scenarios run: their times are not to suffer. Of several attempts,
 * that which the report shows is kept: the first of the worst.
 */
export class HistoryAlbum {
  readonly #sketches = new Map<
    string,
    { readonly verdict: CheckVerdict; readonly sketch: HistorySketch }
  >();

  add(
    result: Named & Pick<ScenarioResult, 'verdict' | 'checks'>,
    records: readonly HistoryRecord[],
  ): void {
    const { verdict, checks } = result;
    const key = keyOf(result);
    const known = this.#sketches.get(key)?.verdict;
    if (known !== undefined && worstVerdict([known, verdict]) === known) return;
    const named = checks.flatMap((check) =>
      check.verdict === verdict ? (check.records ?? []) : [],
    );
    const sketch = historySketch(records, { named, isPassed: verdict === 'pass' });
    if (sketch !== undefined) this.#sketches.set(key, { verdict, sketch });
  }

  /** The picture of a scenario, for `packedHtml`. */
  find(result: Named): string | undefined {
    const known = this.#sketches.get(keyOf(result));
    return known && packed(sequenceHtml(historyPicture(known.sketch)));
  }
}

function keyOf({ id, transport }: Named): string {
  return `${transport} ${id}`;
}
