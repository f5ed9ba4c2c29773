import { htmlText } from './html-text.ts';
import type {
  SequenceDiagram,
  SequenceLane,
  SequenceShape,
  SequenceStep,
} from './sequence-diagram.ts';

const gutter = 76;
const headHeight = 44;
const characterWidth = 6.4;
const spanWidth = 8;
const pauseHeight = 20;
/** A step's back goes on to the end of its box, however wide that is; the drawing is cut there. */
const widestBox = 4000;
/** What a note may need to the right of the last lane. */
const margin = 150;
/** A label may stand over the lanes beside its arrow: its halo keeps it readable. */
const shortestLabel = 26;

interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly laneGap: number;
  /** The lane that takes part in most arrows. */
  readonly hub: number;
  /** The baseline of each step. */
  readonly tops: readonly number[];
  xOf(lane: number): number;
}

/** The lanes' names, and the steps below them: two drawings of one width. */
export function sequenceSvg(diagram: SequenceDiagram): { head: string; body: string } {
  const { lanes, steps, spans } = diagram;
  const geometry = geometryOf(diagram);
  const { width, height, xOf, tops } = geometry;
  const lines = lanes.map((lane, at) => laneLine(lane, xOf(at), geometry));
  const work = spans.map(({ lane, first, last, depth }) => {
    const top = tops[first] as number;
    const x = xOf(lane) - spanWidth / 2 + depth * (spanWidth - 2);
    return `<rect class="span" x="${x}" y="${top}" width="${spanWidth}" height="${(tops[last] as number) - top}"/>`;
  });
  const drawn = steps.map((step, at) => stepGroup(step, at, geometry));
  const pauses = steps.flatMap((_, at) => pauseText(steps, at, geometry));
  return {
    head: svg(width, headHeight, lanes.map((lane, at) => laneHead(lane, xOf(at))).join('')),
    body: svg(width, height, [...lines, ...work, ...pauses, ...drawn].join('\n')),
  };
}

function svg(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMinYMin meet">${content}</svg>`;
}

function geometryOf({ lanes, steps }: SequenceDiagram): Geometry {
  const laneGap = lanes.length <= 4 ? 175 : lanes.length <= 7 ? 140 : 96;
  const tops: number[] = [];
  let y = 6;
  for (const [at, { shape }] of steps.entries()) {
    y += (shape.kind === 'arrow' ? 32 : 24) + (pauseMs(steps, at) === 0 ? 0 : pauseHeight);
    tops.push(y);
  }
  return {
    width: gutter + laneGap * (lanes.length - 0.5) + margin,
    height: y + 18,
    laneGap,
    hub: hubOf(steps),
    tops,
    xOf: (lane) => gutter + laneGap * (lane + 0.5),
  };
}

function hubOf(steps: readonly SequenceStep[]): number {
  const counts: number[] = [];
  for (const { shape } of steps) {
    if (shape.kind !== 'arrow') continue;
    for (const lane of [shape.from, shape.to]) counts[lane] = (counts[lane] ?? 0) + 1;
  }
  return counts.reduce((most, count, lane) => (count > (counts[most] ?? 0) ? lane : most), 0);
}

/** How long nothing happened before a step; 0 where that is less than a second. */
function pauseMs(steps: readonly SequenceStep[], at: number): number {
  const before = steps[at - 1]?.atMs;
  const ms = before === undefined ? 0 : (steps[at] as SequenceStep).atMs - before;
  return ms < 1000 ? 0 : ms;
}

function laneHead({ name, detail }: SequenceLane, x: number): string {
  return `<text class="lane" x="${x}" y="18">${htmlText(cut(name, 13))}</text><text class="quiet" x="${x}" y="34">${htmlText(detail)}</text>`;
}

function laneLine({ first, last, isEnded }: SequenceLane, x: number, geometry: Geometry): string {
  const { tops, height } = geometry;
  const from = first === 0 ? 0 : (tops[first] as number);
  const to = isEnded ? (tops[last] as number) : height;
  return `<line class="life" x1="${x}" x2="${x}" y1="${from}" y2="${to}"/>`;
}

function pauseText(steps: readonly SequenceStep[], at: number, { tops }: Geometry): string[] {
  const ms = pauseMs(steps, at);
  if (ms === 0) return [];
  const y = (tops[at - 1] as number) + pauseHeight;
  return [`<text class="time" x="${gutter - 8}" y="${y}">⋮ ${(ms / 1000).toFixed(1)} s</text>`];
}

function stepGroup(step: SequenceStep, at: number, geometry: Geometry): string {
  const y = geometry.tops[at] as number;
  const height = step.shape.kind === 'arrow' ? 32 : 24;
  const classes = ['step', step.tone ?? '', step.isNamed ? 'named' : '']
    .filter((name) => name !== '')
    .join(' ');
  const colour =
    step.series === undefined ? '' : ` style="--step:var(--series-${(step.series % 6) + 1})"`;
  const back = `<rect class="back" x="0" y="${y + 6 - height}" width="${widestBox}" height="${height}"/>`;
  const pin = step.isNamed ? `<circle class="pin" cx="6" cy="${y - 4}" r="4"/>` : '';
  const time = `<text class="time" x="${gutter - 8}" y="${y}">${step.atMs.toFixed(1)}</text>`;
  return `<g class="${classes}" data-step="${at}"${colour}>${back}${pin}${time}${shapeSvg(step, y, geometry)}</g>`;
}

function shapeSvg({ shape, label }: SequenceStep, y: number, geometry: Geometry): string {
  const { xOf, width, hub } = geometry;
  const noteText = (x: number) => {
    const room = Math.floor((width - x - 4) / characterWidth);
    return `<text class="note" x="${x}" y="${y}">${htmlText(cut(label, room))}</text>`;
  };
  if (shape.kind === 'across') return noteText(xOf(hub) + 14);
  if (shape.kind === 'mark') {
    const x = xOf(shape.lane);
    return `${signs[shape.sign](x, y - 4)}${noteText(x + 14)}`;
  }
  return arrowSvg(shape, { label, y, geometry });
}

function arrowSvg(
  shape: Extract<SequenceShape, { kind: 'arrow' }>,
  {
    label,
    y,
    geometry,
  }: { readonly label: string; readonly y: number; readonly geometry: Geometry },
): string {
  const { xOf, laneGap, hub } = geometry;
  const from = xOf(shape.from);
  const to = xOf(shape.to);
  const side = Math.sign(to - from);
  const length = Math.abs(to - from);
  const room = Math.floor((length - 24) / characterWidth);
  const text = htmlText(cut(label, Math.max(room, shortestLabel)));
  // Of an arrow across other lanes, beside the hub: there all labels are seen without scrolling.
  const isRightOfHub = Math.min(shape.from, shape.to) >= hub;
  const place =
    length <= laneGap && label.length <= room
      ? { x: (from + to) / 2, anchor: 'middle' }
      : isRightOfHub
        ? { x: Math.min(from, to) + 12, anchor: 'start' }
        : { x: Math.max(from, to) - 12, anchor: 'end' };
  const dash = shape.dashed ? ' dashed' : '';
  const tip = to - side * (spanWidth / 2);
  return `<path class="arrow${dash}" d="M${from} ${y + 2}H${tip - side * 6}"/><path class="tip" d="M${tip} ${y + 2}l${-side * 9} -4.5v9z"/><text class="label ${place.anchor}" x="${place.x}" y="${y - 4}">${text}</text>`;
}

const signs = {
  note: (x: number, y: number) => `<circle class="dot" cx="${x}" cy="${y}" r="3.5"/>`,
  start: (x: number, y: number) => `<path class="sign" d="M${x - 7} ${y}h14"/>`,
  end: (x: number, y: number) => `<path class="sign" d="M${x - 6} ${y - 6}l12 12m0 -12l-12 12"/>`,
  fault: (x: number, y: number) =>
    `<path class="bolt" d="M${x + 3} ${y - 10}l-9 12h5l-3 8l10 -12h-5z"/>`,
};

function cut(text: string, longest: number): string {
  const characters = [...text];
  const room = Math.max(4, longest);
  return characters.length <= room ? text : `${characters.slice(0, room - 1).join('')}…`;
}
