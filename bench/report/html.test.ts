import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { svgFile } from '../../report-page/line-chart.ts';
import { findChromium, openChromium } from '../../testing/chromium.ts';
import { areImages, checkPage } from '../../testing/page-check.ts';
import { chartsOf } from './charts.ts';
import { htmlFrom } from './html.ts';
import { sampleReport } from './sample-report.ts';

t.setTimeout(120_000);
const noBrowser = findChromium() === undefined && 'no chromium: apt-get install -y chromium';

t.test('the report is one file that asks nobody for anything', async (t) => {
  const html = htmlFrom(sampleReport());
  t.notMatch(html, /(?:src|href)="(?!#|data:)/);
  t.notMatch(html, /url\((?!#)|@import/);
  t.match(html, /theirs &lt;&amp;&quot;&gt;/);
});

t.test('in a browser', { skip: noBrowser }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-html-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'report.html');
  writeFileSync(file, htmlFrom(sampleReport()));
  const browser = await openChromium();
  t.teardown(() => browser.close());

  await checkPage(t, { browser, file }, async (page) => {
    t.equal(await page.locator('figure svg:visible').count(), 1);
  });

  await t.test('the charts are images that a browser shows', async (t) => {
    t.ok(await areImages(browser, chartsOf(sampleReport()).map(svgFile)));
  });

  await t.test('a heading sorts by its numbers, up and down, by mouse and keyboard', async (t) => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    const results = page.locator('section[aria-labelledby=results] table');
    const figures = async () => {
      const cells = await results.locator('tbody td:nth-child(3)').all();
      return Promise.all(cells.map(async (cell) => Number(await cell.getAttribute('data-value'))));
    };
    const before = await figures();
    const heading = results.locator('th', { hasText: 'measured' });
    await heading.getByRole('button').click();
    const up = [...before].sort((a, b) => a - b);
    t.notSame(before, up);
    t.same(await figures(), up);
    t.equal(await heading.getAttribute('aria-sort'), 'ascending');
    await heading.getByRole('button').press('Enter');
    t.same(await figures(), up.reverse());
    t.equal(await heading.getAttribute('aria-sort'), 'descending');
    await page.close();
  });

  await t.test('the raw numbers are there to copy', async (t) => {
    const context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.getByRole('button', { name: 'Copy as JSON' }).click();
    await page.locator('#copied', { hasText: /./ }).waitFor();
    await page.getByText('Show', { exact: true }).click();
    const shown = await page.locator('#raw-text', { hasText: 'samples' }).textContent();
    t.same(JSON.parse(String(shown)), sampleReport());
    await context.close();
  });
});
