import type { LatencyReport } from '../../../schemas/generated/latency-report.ts';
import type { ReportForms } from '../../report/report-files.ts';
import { excerptFrom, markdownFrom } from './markdown.ts';

/** The forms of a latency report. */
export function latencyForms(report: LatencyReport): ReportForms {
  return {
    json: report,
    markdown: () => markdownFrom(report),
    excerpt: { name: 'bench latency', markdown: () => excerptFrom(report) },
    html: async () => (await import('./html.ts')).htmlFrom(report),
    charts: async () => {
      const { latencyCharts } = await import('./charts.ts');
      const { barSvgFile } = await import('../../../report-page/bar-chart.ts');
      return latencyCharts(report).map((chart) => ({ name: chart.name, svg: barSvgFile(chart) }));
    },
  };
}
