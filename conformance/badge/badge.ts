import { xmlAttributes, xmlContent } from '../report/xml-text.ts';
import type { BadgeText } from './badge-text.ts';

const height = 20;
const padding = 7;
const fontSize = 11;

/** A badge as SVG, readable without colours and by a screen reader. */
export function badgeSvg({ label, message, title, colour }: BadgeText): string {
  const labelWidth = textWidth(label) + 2 * padding;
  const messageWidth = textWidth(message) + 2 * padding;
  const width = labelWidth + messageWidth;
  const text = (content: string, from: number, partWidth: number) => {
    // Said, so that another font than the estimated one is fitted in.
    const fit = { textLength: partWidth - 2 * padding, lengthAdjust: 'spacingAndGlyphs' };
    return `    <text${xmlAttributes({ x: from + padding, y: 14, ...fit })}>${xmlContent(content)}</text>\n`;
  };
  return [
    `<svg${xmlAttributes({ xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': title })}>\n`,
    `  <title>${xmlContent(title)}</title>\n`,
    `  <clipPath id="round"><rect${xmlAttributes({ width, height, rx: 3 })}/></clipPath>\n`,
    '  <g clip-path="url(#round)">\n',
    `    <rect${xmlAttributes({ width: labelWidth, height, fill: '#444' })}/>\n`,
    `    <rect${xmlAttributes({ x: labelWidth, width: messageWidth, height, fill: colour })}/>\n`,
    '  </g>\n',
    `  <g${xmlAttributes({ fill: '#fff', 'font-family': 'Verdana,DejaVu Sans,Geneva,sans-serif', 'font-size': fontSize })}>\n`,
    text(label, 0, labelWidth),
    text(message, labelWidth, messageWidth),
    '  </g>\n',
    '</svg>\n',
  ].join('');
}

/** Widths of characters in Verdana, in parts of the font's size, where they are not as most. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ijl|.,:;'!·I]/, 0.36],
  [/[ frt()/-]/, 0.42],
  [/[mwMW%]/, 0.98],
  [/[A-Z]/, 0.7],
];

/** How wide a text is, about, in pixels. */
function textWidth(text: string): number {
  const sum = [...text].reduce((total, character) => {
    const [, width] = widths.find(([characters]) => characters.test(character)) ?? [null, 0.62];
    return total + width;
  }, 0);
  return Math.ceil(sum * fontSize);
}
