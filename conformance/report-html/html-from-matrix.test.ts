import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { findChromium, openChromium } from '../../testing/chromium.ts';
import { inspectedPage } from '../../testing/inspected-page.ts';
import { mixedReport } from '../../testing/mixed-report.ts';
import { sampleCatalogue, sampleReport, sampleResult } from '../../testing/sample-conformance.ts';
import { htmlFromReports } from './html-from-matrix.ts';

// The machine may be busy.
t.setTimeout(120_000);
const noBrowser = findChromium() === undefined && 'no chromium: apt-get install -y chromium';

t.test('a matrix in a browser', { skip: noBrowser }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'conform-html-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const browser = await openChromium();
  t.teardown(() => browser.close());
  const file = join(folder, 'matrix.html');
  const reports = [sampleReport([sampleResult()]), mixedReport];
  writeFileSync(file, htmlFromReports(reports, sampleCatalogue));

  for (const [colorScheme, width] of [
    ['dark', 375],
    ['light', 1280],
  ] as const) {
    await t.test(`${colorScheme}, ${width} wide: no error, nothing that axe finds`, async (t) => {
      const inspected = await inspectedPage(browser, file, { colorScheme, width });
      t.strictSame(await inspected.violations(), []);
      t.equal(await inspected.isTooWide(), false, 'no sideways scrolling');
      t.strictSame(inspected.complaints, []);
      t.equal(inspected.requests.length, 1, 'the file itself only');
      await inspected.context.close();
    });
  }

  await t.test('it shows where subjects differ, and why one failed', async (t) => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    t.strictSame(await page.locator('.matrix thead th').allTextContents(), [
      'id',
      'requirement',
      'their bus (1)✓ Conformant',
      'their bus (2)✗ Not conformant',
    ]);
    await page.getByRole('button', { name: /^differing/ }).click();
    const rows = page.locator('#matrix-rows tr:visible');
    t.equal(await rows.count(), 1);
    t.match(await rows.first().textContent(), /AFF-1.*passed.*failed/);
    await rows.first().getByRole('link').click();
    t.match(await page.locator(':target').textContent(), /a session had two workers/);
    await page.close();
  });
});
