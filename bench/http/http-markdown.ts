import type { HttpReport, HttpResult, HttpSample } from '../../schemas/generated/http-report.ts';
import { machineText } from '../report/machine.ts';
import { markdownTable } from '../report/markdown-table.ts';
import { errorsOf, medianOf, ratioText, summaryText, textOfLoad } from './http-table.ts';

const headings = [
  'load',
  'bare, requests/s',
  'adapter, requests/s',
  '× bare',
  'adapter p50, p97.5, p99 in ms',
  'errors',
];

/** The report in Markdown without a heading, for a README. */
export function markdownFrom({ machine, startedAt, settings, results }: HttpReport): string {
  const { rounds, seconds, bus, url } = settings;
  const place = bus ?? url;
  const subject = place === undefined ? 'with the bus within the adapter' : `of \`${place}\``;
  return `${machineText(machine)}; ${startedAt.slice(0, 10)}; medians of ${rounds} rounds of ${seconds} s, ${subject}.

${markdownTable(headings, results.map(rowFrom))}
${summaryText(results)}
`;
}

function rowFrom(result: HttpResult): string[] {
  const { load, bare, adapter } = result;
  const latency = (['p50Ms', 'p97_5Ms', 'p99Ms'] as const).map((name) =>
    medianOf(adapter, (sample) => sample[name]),
  );
  return [
    textOfLoad(load),
    rateText(bare),
    rateText(adapter),
    ratioText(result),
    latency.join(', '),
    String(errorsOf(result)),
  ];
}

function rateText(samples: readonly HttpSample[]): string {
  return String(Math.round(medianOf(samples, ({ requestsPerSecond }) => requestsPerSecond)));
}
