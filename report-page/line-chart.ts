import { LineChart as Lines } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { htmlText } from './html-text.ts';
import { darkColours, lightColours } from './styles.ts';

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

export interface LineChart {
  /** For files and ids; letters, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  /** What there is to see, for those who do not see it. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** A level to hold the lines against. */
  readonly bound?: { readonly title: string; readonly value: number };
}

// Colours that are nobody's, put in for variables after drawing: ECharts computes with colours.
const stand = {
  ink: '#010203',
  quiet: '#010204',
  rule: '#010205',
  bad: '#010206',
  page: '#010207',
};
const seriesStand = (at: number) => `#0102${(0x10 + at).toString(16)}`;
const baselineStand = (at: number) => `#0102${(0x30 + at).toString(16)}`;
const seriesColours = 6;
const baselineColours = 2;

/** The chart for a page, in a wide and a narrow drawing; the style sheet shows one. */
export function chartHtml(chart: LineChart): string {
  return `<figure id="chart-${chart.name}"><figcaption>${htmlText(chart.title)}</figcaption>
<div class="wide">${drawn(chart, 620, 340)}</div><div class="narrow">${drawn(chart, 400, 360)}</div>
</figure>`;
}

/** The chart as a file of its own, which follows the reader's light or dark too. */
export function svgFile(chart: LineChart): string {
  const style = `<style>:root { color-scheme: light dark; ${lightColours} } @media (prefers-color-scheme: dark) { :root { ${darkColours} } }</style>`;
  const svg = drawn(chart, 860, 380, chart.title);
  return `${svg.replace('>', ` width="860" height="380">\n${style}`)}\n`;
}

function drawn(chart: LineChart, width: number, height: number, title?: string): string {
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width, height });
  canvas.setOption(optionOf(chart, width, title));
  const svg = canvas.renderToSVGString();
  canvas.dispose();
  const kind = `${width}`;
  const colours: [string, string][] = [
    ...Object.entries(stand).map(([name, hex]): [string, string] => [hex, name]),
    ...Array.from({ length: seriesColours }, (_, at): [string, string] => [
      seriesStand(at),
      `series-${at + 1}`,
    ]),
    ...Array.from({ length: baselineColours }, (_, at): [string, string] => [
      baselineStand(at),
      `baseline-${at + 1}`,
    ]),
  ];
  let text = svg
    // Ids are of this drawing only: several stand on one page.
    .replace(/zr\d+-/g, `${chart.name}-${kind}-`)
    .replace(/<svg [^>]*>/, openingTag(chart, width, height));
  for (const [hex, name] of colours) text = text.replaceAll(hex, `var(--${name})`);
  return text;
}

function openingTag({ title, description }: LineChart, width: number, height: number): string {
  const label = htmlText(`${title}. ${description}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`;
}

function optionOf(chart: LineChart, width: number, title: string | undefined) {
  const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
  const textStyle = { color: stand.ink, fontFamily, fontSize: 12 };
  let subjects = 0;
  let baselines = 0;
  const bound = chart.bound;
  const series = chart.series.map(({ name, points, isBaseline }, index) => {
    const color = isBaseline
      ? baselineStand(baselines++ % baselineColours)
      : seriesStand(subjects++ % seriesColours);
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
  const names = chart.series.map(({ name }) => name);
  const rows = Math.ceil(names.join('   ').length / (width / 11));
  const top = (title === undefined ? 0 : 26) + rows * 22 + 26;
  return {
    animation: false,
    textStyle,
    ...(title !== undefined && {
      title: { text: title, textStyle: { ...textStyle, fontSize: 15 } },
    }),
    legend: {
      data: names,
      top: title === undefined ? 0 : 26,
      textStyle,
      itemWidth: 30,
      left: 'left',
    },
    grid: { left: 14, right: 26, top, bottom: 34, outerBoundsMode: 'same' as const },
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
