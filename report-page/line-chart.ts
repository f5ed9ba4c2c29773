import { LineChart as Lines } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
} from 'echarts/components';
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

use([Lines, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

export interface Axis {
  /** With its unit. */
  readonly title: string;
  readonly isLog?: boolean;
  /** Default: the number. */
  text?(value: number): string;
}

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Drawn in grey and with dashes: not what is compared, but its limit. */
  readonly isBaseline?: boolean;
}

export interface LineChart extends ChartWords {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** A level to hold the lines against. */
  readonly bound?: { readonly title: string; readonly value: number };
}

/** The chart for a page, in a wide and a narrow drawing; the style sheet shows one. */
export function chartHtml(chart: LineChart): string {
  return figureHtml(chart, drawing(chart), { wide: 340, narrow: 360 });
}

/** The chart as a file of its own, which follows the reader's light or dark too. */
export function svgFile(chart: LineChart): string {
  return fileSvg(chart, drawing(chart), 380);
}

function drawing(chart: LineChart): (sheet: Sheet) => string {
  return (sheet) => drawn(chart, optionOf(chart, sheet), sheet);
}

function optionOf(chart: LineChart, sheet: Sheet) {
  let subjects = 0;
  let baselines = 0;
  const bound = chart.bound;
  const series = chart.series.map(({ name, points, isBaseline }, index) => {
    const color = isBaseline ? baselineStand(baselines++) : seriesStand(subjects++);
    const hasBound = bound !== undefined && index === 0;
    return {
      type: 'line' as const,
      name,
      data: points.map((point) => [...point]),
      color,
      symbol: symbols[index % symbols.length] as string,
      symbolSize: 6,
      showSymbol: points.length < 30,
      itemStyle: { color },
      lineStyle: { color, width: 2, type: isBaseline ? ('dashed' as const) : ('solid' as const) },
      ...(hasBound && { markLine: markLineOf(bound, textStyle) }),
    };
  });
  const legend = legendOf(
    chart.series.map(({ name }) => name),
    sheet,
  );
  return {
    ...legend.option,
    // Labels and names of the axes have their room within it.
    grid: { left: 14, right: 26, top: legend.below, bottom: 10, outerBoundsMode: 'same' as const },
    xAxis: { ...axisOf(chart.x, textStyle), nameLocation: 'middle' as const, nameGap: 30 },
    yAxis: {
      ...axisOf(chart.y, textStyle),
      nameTextStyle: { ...textStyle, align: 'left' as const },
    },
    series,
  };
}

const symbols = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'];

function markLineOf(bound: { title: string; value: number }, textStyle: object) {
  return {
    silent: true,
    symbol: 'none',
    data: [{ yAxis: bound.value, name: bound.title }],
    lineStyle: { color: stand.bad, type: 'dotted' as const, width: 2 },
    label: {
      ...textStyle,
      color: stand.bad,
      formatter: bound.title,
      position: 'insideEndTop' as const,
    },
  };
}

function axisOf({ title, isLog, text }: Axis, textStyle: object) {
  const line = { lineStyle: { color: stand.rule } };
  return {
    type: isLog ? ('log' as const) : ('value' as const),
    name: title,
    nameTextStyle: textStyle,
    axisLabel: {
      ...textStyle,
      color: stand.quiet,
      hideOverlap: true,
      ...(text && { formatter: (value: number) => text(value) }),
    },
    axisLine: { show: true, ...line },
    axisTick: line,
    splitLine: line,
    minorSplitLine: { show: false },
    ...(!isLog && { min: 0 }),
  };
}
