import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { barSvgFile } from '../../../report-page/bar-chart.ts';
import { findChromium, openChromium } from '../../../testing/chromium.ts';
import { areImages, checkPage } from '../../../testing/page-check.ts';
import { sampleLatency } from '../../../testing/sample-latency.ts';
import { latencyCharts } from './charts.ts';
import { percentileCharts } from './curves.ts';
import { htmlFrom } from './html.ts';

t.setTimeout(120_000);
const noBrowser = findChromium() === undefined && 'no chromium: apt-get install -y chromium';
const report = sampleLatency();

t.test('what a peer or a user says is text on the page', async (t) => {
  const html = htmlFrom(report);
  t.match(html, /closed: &lt;b&gt;/);
  t.match(html, /echo &lt;&amp;&quot;&gt;/);
  t.notMatch(html, /(?:src|href)="(?!#|data:)/);
});

t.test('completion stands by read and by events, phases one upon the other', async (t) => {
  const [completion, connection] = latencyCharts(report);
  t.same(
    completion?.series.map(({ name }) => name),
    ['read', 'events'],
  );
  const far = completion?.rows.indexOf('tcp 80 ms warm') ?? -1;
  const [read = 0, events = 0] = completion?.series.map(({ values }) => values[far] ?? 0) ?? [];
  t.ok(read > 160 && events > 80 && events < 160, `${read} ${events}`);
  t.same(
    connection?.series.map(({ name, isRest }) => [name, isRest]),
    [
      ['connect', false],
      ['tls', false],
      ['initialise', false],
      ['unaccounted', true],
    ],
  );
  t.ok(connection?.isStacked);
  t.same(connection?.series[1]?.values.slice(0, 2), [undefined, undefined], 'tcp has no TLS');
});

t.test('a report of one mode only has no empty bars beside it', async (t) => {
  const arms = report.arms.filter(({ arm }) => arm.mode === 'events');
  const [completion] = latencyCharts({ ...report, arms });
  t.same(
    completion?.series.map(({ name }) => name),
    ['events'],
  );
});

t.test('a percentile curve ends where fewer than two samples are beyond', async (t) => {
  const curves = percentileCharts(report);
  t.equal(curves.length, 8, 'connection, call, read and events, near and far');
  const last = curves.map(({ series }) => series[0]?.points.at(-1)?.[0]);
  t.same(last, [95, 95, 95, 95, 90, 90, 90, 90], 'completion has half as many in each');
});

t.test('in a browser', { skip: noBrowser }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'latency-html-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'report.html');
  writeFileSync(file, htmlFrom(report));
  const browser = await openChromium();
  t.teardown(() => browser.close());

  await checkPage(t, { browser, file }, async (page) => {
    t.equal(await page.locator('figure svg:visible').count(), 12);
    await page.locator('#phases ~ details > summary').first().click();
  });

  await t.test('the tables sort by their figures, and the numbers are all there', async (t) => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    const table = page.locator('section[aria-labelledby=routes] table');
    await table.getByRole('button', { name: 'change' }).click();
    const first = table.locator('tbody tr').first();
    t.match(await first.textContent(), /tcp 80 ms warm.*one-shot process completion.*-4\d\.\d %/);
    const rest = page.locator('section[aria-labelledby=phases] td', { hasText: 'unaccounted' });
    t.equal(await rest.count(), 8 * 3, 'a row of its own for each metric of each arm');
    await page.getByText('Show', { exact: true }).click();
    const raw = await page.locator('#raw-text', { hasText: 'samples' }).textContent();
    t.same(JSON.parse(String(raw)), report);
    await page.close();
  });

  await t.test('the charts are images that a browser shows', async (t) => {
    t.ok(await areImages(browser, latencyCharts(report).map(barSvgFile)));
  });
});
