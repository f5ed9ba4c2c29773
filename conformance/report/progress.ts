import { stripVTControlCharacters } from 'node:util';
import { printable } from '../../command.ts';
import type { ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import type { ConformEvents } from '../conform-events.ts';
import { failedChecks } from './failure.ts';
import { createTextStyle } from './text-style.ts';

/** Where progress is written: `process.stderr`. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress extends ConformEvents {
  /** Takes the line away again. */
  end(): void;
}

/**
 * Live progress. On a terminal one line that is drawn anew: how far the run is, what failed, what
 * runs now. Elsewhere nothing but a line for each scenario that did not pass, which a terminal gets
 * too.
 */
export function createProgress(
  stream: ProgressStream,
  { isColoured = false }: { readonly isColoured?: boolean } = {},
): Progress {
  const style = createTextStyle(isColoured);
  const running = new Map<string, string>();
  const counts = { total: 0, done: 0, failed: 0, unjudged: 0 };
  let isShown = false;

  const clear = () => {
    if (isShown) stream.write('\r\x1b[K');
    isShown = false;
  };
  const draw = () => {
    if (stream.isTTY !== true) return;
    const { total, done, failed, unjudged } = counts;
    const parts = [
      `${done}/${total}`,
      ...(failed === 0 ? [] : [`${failed} failed`]),
      ...(unjudged === 0 ? [] : [`${unjudged} not judged`]),
      [...running.values()].join(', '),
    ];
    const line = parts.filter((part) => part !== '').join(' · ');
    // One column stays free: some terminals wrap when the last one is filled.
    stream.write(`\r\x1b[K${[...line].slice(0, (stream.columns ?? 80) - 1).join('')}`);
    isShown = true;
  };

  return {
    onPlan: (total) => {
      counts.total = total;
      draw();
    },
    onStart: (scenario) => {
      running.set(keyOf(scenario), keyOf(scenario));
      draw();
    },
    onResult: (result) => {
      running.delete(keyOf(result));
      counts.done++;
      const { verdict } = result;
      if (verdict === 'fail') counts.failed++;
      if (verdict === 'inconclusive' || verdict === 'harness-error') counts.unjudged++;
      if (verdict !== 'pass' && verdict !== 'not-applicable') {
        clear();
        const colour = verdict === 'fail' ? 'red' : 'yellow';
        stream.write(`${style(colour, verdict)} ${keyOf(result)}: ${reasonText(result)}\n`);
      }
      draw();
    },
    end: clear,
  };
}

function keyOf({ id, transport }: { readonly id: string; readonly transport: string }): string {
  return `${id} on ${transport}`;
}

function reasonText(result: ScenarioResult): string {
  const { verdict, checks, error } = result;
  const relevant =
    verdict === 'fail' ? failedChecks(result) : checks.filter((each) => each.verdict === verdict);
  const [first] = relevant;
  if (first === undefined) return printable(error ?? 'no reason was given');
  const others = relevant.length > 1 ? ` (and ${relevant.length - 1} more)` : '';
  const text = stripVTControlCharacters(first.reason ?? first.seen ?? 'no reason was given');
  return `${first.requirement}: ${printable(text)}${others}`;
}
