import type { HttpLoad, HttpResult, HttpSample } from '../../schemas/generated/http-report.ts';

/** The share of the bare echo's rate that the adapter is to reach. */
export const goal = 0.5;
/** From this share of a core on, the figure may be the generator's own. */
const boundShare = 0.9;

const headings = [
  'load',
  'server',
  'requests/s',
  'p50',
  'p97.5',
  'p99',
  'errors',
  'generator',
  '× bare',
];

/** The results as text in columns; milliseconds; each figure the median of the rounds. */
export function httpTable(results: readonly HttpResult[]): string {
  const rows = [headings, ...results.flatMap(rowsOf)];
  const widths = headings.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n${remarks(results)}`;
}

/** The median of the ratios within each round; undefined where the bare echo answered nothing. */
export function ratioOf({
  bare,
  adapter,
}: Pick<HttpResult, 'bare' | 'adapter'>): number | undefined {
  const ratios = adapter.flatMap(({ requestsPerSecond }, round) => {
    const base = bare[round]?.requestsPerSecond ?? 0;
    return base > 0 ? [requestsPerSecond / base] : [];
  });
  return ratios.length === 0 ? undefined : median(ratios);
}

export function textOfLoad({ connections, pipelining }: HttpLoad): string {
  const plural = connections === 1 ? '' : 's';
  return `${connections} connection${plural}${pipelining === 1 ? '' : ` × ${pipelining} pipelined`}`;
}

export function ratioText({ ratio }: HttpResult): string {
  return ratio?.toFixed(2) ?? '';
}

/** The median over the rounds. */
export function medianOf(
  samples: readonly HttpSample[],
  pick: (sample: HttpSample) => number,
): number {
  return median(samples.map(pick));
}

export function errorsOf({ bare, adapter }: HttpResult): number {
  return [...bare, ...adapter].reduce((sum, { errors }) => sum + errors, 0);
}

function rowsOf(result: HttpResult): string[][] {
  return [
    [textOfLoad(result.load), ...cellsOf('bare node:http', result.bare), '1'],
    ['', ...cellsOf('adapter', result.adapter), ratioText(result)],
  ];
}

function cellsOf(server: string, samples: readonly HttpSample[]): string[] {
  const of = (pick: (sample: HttpSample) => number) => medianOf(samples, pick);
  return [
    server,
    String(Math.round(of(({ requestsPerSecond }) => requestsPerSecond))),
    String(of(({ p50Ms }) => p50Ms)),
    String(of(({ p97_5Ms }) => p97_5Ms)),
    String(of(({ p99Ms }) => p99Ms)),
    String(samples.reduce((sum, { errors }) => sum + errors, 0)),
    of(({ generatorShare }) => generatorShare).toFixed(2),
  ];
}

/** How often the goal is met, in words. */
export function summaryText(results: readonly HttpResult[]): string {
  const met = results.filter(({ ratio }) => ratio !== undefined && ratio >= goal).length;
  return `at least ${goal} × the bare echo: met in ${met} of ${results.length} loads`;
}

function remarks(results: readonly HttpResult[]): string {
  const isBound = results.some(({ bare, adapter }) =>
    [...bare, ...adapter].some(({ generatorShare }) => generatorShare > boundShare),
  );
  const bound = isBound
    ? `\n"generator" is its share of a core: above ${boundShare}, a rate may be the generator's own.`
    : '';
  return `\n${summaryText(results)}${bound}\n`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
