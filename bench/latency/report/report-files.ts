import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../../command.ts';
import type { LatencyReport } from '../../../schemas/generated/latency-report.ts';
import { reasonOf } from '../client/dial.ts';
import { markdownFrom } from './markdown.ts';

const formats = ['json', 'markdown', 'svg'] as const;

/** A form of the report, and the file that it goes to; svg goes to a folder. */
export interface LatencyReportFile {
  readonly format: (typeof formats)[number];
  readonly file: string;
}

/** From the text of `--report`. Throws UsageError, also where a file cannot be written. */
export function latencyReportFilesFrom(text: string): LatencyReportFile[] {
  return text.split(',').map((part) => {
    const [, name, file] = /^([^=]+)=(.+)$/s.exec(part) ?? [];
    const format = formats.find((known) => known === name);
    if (format === undefined || file === undefined) {
      throw new UsageError(`--report takes json=FILE, markdown=FILE and svg=FOLDER, not "${part}"`);
    }
    try {
      if (format === 'svg') mkdirSync(file, { recursive: true });
      else if (file !== '-') accessSync(dirname(resolve(file)), constants.W_OK);
    } catch (error) {
      throw new UsageError(`--report ${part} cannot be written: ${reasonOf(error)}`);
    }
    return { format, file };
  });
}

/** Writes them all. Throws where one cannot be written. */
export async function writeLatencyReports(
  report: LatencyReport,
  files: readonly LatencyReportFile[],
): Promise<void> {
  for (const { format, file } of files) {
    if (format === 'svg') {
      // echarts takes half a second to load.
      const { latencyCharts } = await import('./charts.ts');
      for (const { name, svg } of latencyCharts(report))
        writeFileSync(join(file, `${name}.svg`), svg);
      continue;
    }
    const text = format === 'json' ? `${JSON.stringify(report, null, 1)}\n` : markdownFrom(report);
    if (file === '-') process.stdout.write(text);
    else writeFileSync(file, text);
  }
}
