import { type EChartsCoreOption, init } from 'echarts/core';
import { htmlText } from './html-text.ts';
import { darkColours, lightColours } from './styles.ts';

/** What every chart says of itself. */
export interface ChartWords {
  /** For files and ids; letters, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  /** What there is to see, for those who do not see it. */
  readonly description: string;
}

/** A drawing's size, and its title where it stands alone. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly title?: string;
}

// Colours that are nobody's, put in for variables after drawing: ECharts computes with colours.
export const stand = {
  ink: '#010203',
  quiet: '#010204',
  rule: '#010205',
  bad: '#010206',
  page: '#010207',
};
const seriesColours = 9;
const baselineColours = 2;

/** The colour of the n-th series, from 0; they repeat. */
export function seriesStand(at: number): string {
  return `#0102${(0x10 + (at % seriesColours)).toString(16)}`;
}

/** The colour of the n-th baseline, from 0; they repeat. */
export function baselineStand(at: number): string {
  return `#0102${(0x30 + (at % baselineColours)).toString(16)}`;
}

export const textStyle = {
  color: stand.ink,
  // Without quotes: ECharts writes it into an attribute as it is.
  fontFamily: 'system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif',
  fontSize: 12,
};

/** A chart for a page, in a wide and a narrow drawing; the style sheet shows one. */
export function figureHtml(
  { name, title }: ChartWords,
  draw: (sheet: Sheet) => string,
  heights: { readonly wide: number; readonly narrow: number },
): string {
  const wide = draw({ width: 620, height: heights.wide });
  const narrow = draw({ width: 400, height: heights.narrow });
  return `<figure id="chart-${name}"><figcaption>${htmlText(title)}</figcaption>
<div class="wide">${wide}</div><div class="narrow">${narrow}</div>
</figure>`;
}

/** A chart as a file of its own, which follows the reader's light or dark too. */
export function fileSvg(
  { title }: ChartWords,
  draw: (sheet: Sheet) => string,
  height: number,
): string {
  const width = 860;
  const style = `<style>:root { color-scheme: light dark; ${lightColours} } @media (prefers-color-scheme: dark) { :root { ${darkColours} } }</style>`;
  // A site may be dark where the reader's system is light: on its own ground, all can be read.
  const ground = `<rect width="${width}" height="${height}" rx="8" fill="var(--page)"/>`;
  const svg = draw({ width, height, title });
  return `${svg.replace('>', ` width="${width}" height="${height}">\n${style}${ground}`)}\n`;
}

/** Draws with ECharts, colours as variables of the style sheet. */
export function drawn(
  words: ChartWords,
  option: EChartsCoreOption,
  { width, height }: Sheet,
): string {
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width, height });
  canvas.setOption({ animation: false, textStyle, ...option });
  const svg = canvas.renderToSVGString();
  canvas.dispose();
  const label = htmlText(`${words.title}. ${words.description}`);
  let text = svg
    // Ids are of this drawing only: several stand on one page.
    .replace(/zr\d+-/g, `${words.name}-${width}-`)
    .replace(
      /<svg [^>]*>/,
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`,
    );
  for (const [hex, name] of variables()) text = text.replaceAll(hex, `var(--${name})`);
  return text;
}

function variables(): (readonly [hex: string, name: string])[] {
  return [
    ...Object.entries(stand).map(([name, hex]) => [hex, name] as const),
    ...Array.from(
      { length: seriesColours },
      (_, at) => [seriesStand(at), `series-${at + 1}`] as const,
    ),
    ...Array.from(
      { length: baselineColours },
      (_, at) => [baselineStand(at), `baseline-${at + 1}`] as const,
    ),
  ];
}

/** The title where the sheet has one, and how far down it reaches. */
export function titleOf({ title }: Sheet) {
  if (title === undefined) return { below: 0, option: {} };
  const style = { ...textStyle, fontSize: 15 };
  return { below: 30, option: { title: { text: title, left: 14, top: 10, textStyle: style } } };
}

/** The legend below the title, with how far down it reaches. */
export function legendOf(names: readonly string[], sheet: Sheet) {
  const { below, option } = titleOf(sheet);
  const top = below === 0 ? 0 : below + 8;
  // As wide as its words: a sign is about 6 wide, its mark 30.
  const gap = 14;
  let rows = 1;
  let reached = 0;
  for (const name of names) {
    const wide = name.length * 6 + 30 + gap;
    if (reached > 0 && reached + wide > sheet.width - 20) {
      rows += 1;
      reached = 0;
    }
    reached += wide;
  }
  const legend = {
    data: [...names],
    top,
    left: below === 0 ? 0 : 8,
    textStyle,
    itemWidth: 24,
    itemGap: gap,
  };
  return { below: top + rows * (14 + gap), option: { ...option, legend } };
}
