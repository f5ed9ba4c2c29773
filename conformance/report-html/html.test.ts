import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { visibleHtml } from '../../report-page/html-text.ts';
import type { ScenarioResult } from '../../schemas/generated/conformance-report.ts';
import { findChromium, openChromium } from '../../testing/chromium.ts';
import { inspectedPage } from '../../testing/inspected-page.ts';
import { mixedReport, reportWith, startFailure } from '../../testing/mixed-report.ts';
import { sampleCatalogue, sampleReport, sampleResult } from '../../testing/sample-conformance.ts';
import { lostRequest, sampleHistory } from '../../testing/sample-history.ts';
import { HistoryAlbum } from './history-album.ts';
import { htmlFromReports } from './html-from-matrix.ts';
import { htmlFromReport } from './html-from-report.ts';

// The machine may be busy.
t.setTimeout(120_000);
const noBrowser = findChromium() === undefined && 'no chromium: apt-get install -y chromium';

const catalogue = sampleCatalogue;
const records = sampleHistory(lostRequest);

function albumOf(scenarios: readonly ScenarioResult[]): HistoryAlbum {
  const album = new HistoryAlbum();
  for (const scenario of scenarios) album.add(scenario, records);
  return album;
}

t.test('the page is one file that asks nobody for anything, whatever a subject says', async (t) => {
  const hostile = `</script><img src=x onerror=alert(1)>'"&\u001b\u202e`;
  const report = reportWith(hostile);
  const pages = [
    htmlFromReport(report, { catalogue, album: albumOf(report.scenarios) }),
    htmlFromReports([report, report], catalogue),
    htmlFromReport(sampleReport([], { startFailure }), { catalogue }),
  ];
  for (const html of pages) {
    const shown = html.replace(/<script type="application\/json".*<\/script>/, '');
    t.not(shown, html);
    for (const pattern of [/(?:src|href)="(?!#|data:)/, /url\((?!#)|@import/, /<img/, /\p{Cf}/u]) {
      t.notOk(pattern.exec(shown)?.[0], String(pattern));
    }
  }
});

t.test('control characters are seen by their names', async (t) => {
  const text = 'a\r\n\u0000\u007f\u0085␊<\u001b';
  const names = [...visibleHtml(text).matchAll(/<b class="control">([^<]*)<\/b>/g)].map(
    ([, name]) => name,
  );
  t.strictSame(names, ['CR', 'NUL', 'DEL', 'U+0085', 'LF', 'ESC']);
  t.match(visibleHtml(text), /^a<b class="control">CR<\/b>\n<b/);
});

t.test('of several attempts, the picture is that of the first of the worst', async (t) => {
  const album = new HistoryAlbum();
  const passed = sampleResult();
  const failed = sampleResult({ verdict: 'fail' });
  album.add(passed, records);
  const ofPassed = album.find(passed);
  album.add(failed, records.slice(0, 5));
  const ofFailed = album.find(passed);
  t.not(ofPassed, ofFailed);
  album.add(failed, records);
  album.add(passed, records);
  t.equal(album.find(passed), ofFailed);
  t.equal(album.find({ ...passed, transport: 'unix' }), undefined);
});

t.test('in a browser', { skip: noBrowser }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'conform-html-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const browser = await openChromium();
  t.teardown(() => browser.close());
  const written = (name: string, html: string) => {
    const file = join(folder, name);
    writeFileSync(file, html);
    return file;
  };
  const { scenarios } = mixedReport;
  const html = htmlFromReport(mixedReport, { catalogue, album: albumOf(scenarios) });
  const file = written('report.html', html);

  for (const [colorScheme, width] of [
    ['light', 375],
    ['dark', 1280],
  ] as const) {
    await t.test(`${colorScheme}, ${width} wide: no error, nothing that axe finds`, async (t) => {
      const inspected = await inspectedPage(browser, file, { colorScheme, width });
      const { page, context, complaints, requests } = inspected;
      await page.locator('.scenario summary').first().click();
      await page.getByText('The same as a table').click();
      await page.locator('.sequence-table table').waitFor();
      t.strictSame(await inspected.violations(), []);
      t.equal(await inspected.isTooWide(), false, 'no sideways scrolling');
      t.strictSame(complaints, []);
      t.equal(requests.length, 1, 'the file itself only');
      await context.close();
    });
  }

  await t.test('a diagram opens at what the verdict names, and keys step through it', async (t) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${pathToFileURL(file).href}#s-tcp-affinity-rfc`);
    const box = page.getByRole('group', { name: /^Sequence diagram, 16 events/ });
    const step = page.locator('.sequence-step');
    // The linked scenario is open, and no other is unpacked.
    t.match(await step.textContent(), /c1 connects|main\/0\/1 starts/);
    t.equal(await page.locator('.sequence').count(), 1);
    await box.focus();
    await page.keyboard.press('ArrowDown');
    t.match(await step.textContent(), /c1 writes: request probe\/hold, id 1, session s<b>/);
    t.match(
      await step.locator('pre').textContent(),
      '{"id":1,"method":"probe/hold","sessionId":"s<b>"}CRLF',
    );
    t.equal(await page.locator('g.current').count(), 1);
    await page.keyboard.press('End');
    t.match(await step.textContent(), /bus ends: code 0/);
    await page.keyboard.press('ArrowRight');
    t.match(await page.locator('.sequence-tools').textContent(), /16 of 16/);
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'Next' }).click();
    t.match(await step.textContent(), /c1: connects/);
    await page
      .getByRole('group', { name: /^Sequence/ })
      .getByText('fault: kill SIGKILL')
      .click();
    t.match(await step.textContent(), /the suite does to main\/0\/1: kill SIGKILL/);
    await page.close();
  });

  await t.test('verdicts, profiles and words filter the scenarios', async (t) => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    const shown = () => page.locator('.scenario:visible .id').allTextContents();
    t.equal((await shown()).length, 5);
    t.equal((await shown())[0], 'affinity/rfc', 'what failed stands first');
    const failed = page.getByRole('button', { name: /^failed/ });
    await failed.click();
    t.strictSame(await shown(), ['affinity/rfc']);
    await page.getByRole('button', { name: /^passed/ }).press('Enter');
    t.strictSame(await shown(), ['affinity/rfc', 'correlation/one']);
    t.match(await page.getByRole('status').allTextContents(), ['2 of 5 scenarios']);
    await page.getByRole('searchbox').fill('workers <0>');
    t.strictSame(await shown(), ['affinity/rfc'], 'what was seen is searched too');
    await page.getByRole('link', { name: 'DRN-1', exact: true }).click();
    t.strictSame(await shown(), ['drain/signal'], 'a requirement leads to its scenarios');
    t.equal(await failed.getAttribute('aria-pressed'), 'false');
    await page.close();
  });

  await t.test('twelve hundred scenarios stay one page that opens', async (t) => {
    const many = Array.from({ length: 1200 }, (_, at) => sampleResult({ id: `affinity/n${at}` }));
    const html = htmlFromReport(sampleReport(many), { catalogue, album: albumOf(many) });
    t.ok(html.length < 6_000_000, `${html.length} bytes`);
    const page = await browser.newPage();
    await page.goto(pathToFileURL(written('many.html', html)).href);
    await page.getByRole('searchbox').fill('n1199');
    t.equal(await page.locator('.filter p').textContent(), '1 of 1200 scenarios');
    await page.locator('#s-tcp-affinity-n1199 summary').click();
    await page.getByRole('group', { name: /^Sequence diagram/ }).waitFor();
    await page.close();
  });
});
