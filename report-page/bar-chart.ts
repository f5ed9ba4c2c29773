import { BarChart as Bars } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import {
  baselineStand,
  type ChartWords,
  drawn,
  figureHtml,
  fileSvg,
  legendOf,
  type Sheet,
  seriesStand,
  stand,
  textStyle,
} from './chart-drawing.ts';

use([Bars, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** Bars from left to right: side by side for each bar's name, or stacked to one. */
export interface BarChart extends ChartWords {
  /** Unit of the values. */
  readonly unit: string;
  /** One for each row, from above. */
  readonly rows: readonly string[];
  readonly isStacked: boolean;
  readonly series: readonly BarSeries[];
}

export interface BarSeries {
  readonly name: string;
  /** One for each row; undefined where there is none. */
  readonly values: readonly (number | undefined)[];
  /** In grey: what is left over. */
  readonly isRest?: boolean;
}

/** The chart for a page, in a wide and a narrow drawing; the style sheet shows one. */
export function barChartHtml(chart: BarChart): string {
  const height = heightOf(chart);
  return figureHtml(chart, drawing(chart), { wide: height, narrow: height + 40 });
}

/** The chart as a file of its own, which follows the reader's light or dark too. */
export function barSvgFile(chart: BarChart): string {
  return fileSvg(chart, drawing(chart), heightOf(chart) + 40);
}

function heightOf({ rows, series, isStacked }: BarChart): number {
  const perRow = isStacked ? 26 : 12 + series.length * 16;
  return 120 + rows.length * perRow;
}

function drawing(chart: BarChart): (sheet: Sheet) => string {
  return (sheet) => drawn(chart, optionOf(chart, sheet), sheet);
}

function optionOf({ unit, rows, isStacked, series }: BarChart, sheet: Sheet) {
  const legend = legendOf(
    series.map(({ name }) => name),
    sheet,
  );
  const line = { lineStyle: { color: stand.rule } };
  const axisLabel = { ...textStyle, color: stand.quiet };
  return {
    ...legend.option,
    grid: {
      // Fonts differ from machine to machine: room for the widest.
      left: 14 + Math.max(...rows.map((row) => row.length)) * 7,
      right: isStacked ? 26 : 60,
      top: legend.below + 6,
      bottom: 54,
      outerBoundsMode: 'none' as const,
    },
    xAxis: {
      type: 'value' as const,
      name: unit,
      nameLocation: 'middle' as const,
      nameGap: 30,
      nameTextStyle: textStyle,
      axisLabel: { ...axisLabel, hideOverlap: true },
      splitLine: line,
    },
    yAxis: {
      type: 'category' as const,
      data: [...rows],
      inverse: true,
      axisLabel: { ...axisLabel, interval: 0 },
      axisLine: { show: true, ...line },
      axisTick: { show: false },
    },
    series: series.map(({ name, values, isRest }, at) => ({
      type: 'bar' as const,
      name,
      data: values.map((value) => value ?? null),
      color: isRest ? baselineStand(0) : seriesStand(at),
      // A pattern would be louder than the numbers: an edge keeps neighbours apart in grey too.
      itemStyle: { borderColor: stand.page, borderWidth: 1 },
      barMaxWidth: 18,
      ...(isStacked
        ? { stack: 'all' }
        : { label: { show: true, position: 'right' as const, ...textStyle } }),
    })),
  };
}
