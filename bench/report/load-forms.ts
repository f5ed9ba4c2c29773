import type { LoadReport } from '../../schemas/generated/load-report.ts';
import { markdownFrom } from './markdown.ts';
import type { ReportForms } from './report-files.ts';

/** The forms of a load report. */
export function loadForms(report: LoadReport): ReportForms {
  return {
    json: report,
    markdown: () => `# Buses under load\n\n${markdownFrom(report)}`,
    excerpt: { name: 'bench bus', markdown: () => markdownFrom(report) },
    html: async () => (await import('./html.ts')).htmlFrom(report),
    charts: async () => {
      const { chartsOf } = await import('./charts.ts');
      const { svgFile } = await import('../../report-page/line-chart.ts');
      return chartsOf(report).map((chart) => ({ name: chart.name, svg: svgFile(chart) }));
    },
  };
}
