import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Test } from 'tap';

const require = createRequire(import.meta.url);

/** Light on a desk, dark on a phone: colours know nothing of widths. */
const views = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 375 },
] as const;

/**
 * Opens a page that is one file, and has it be silent, alone, narrow enough and accessible. `look`
 * sees it before axe does.
 */
export async function checkPage(
  t: Test,
  { browser, file }: { readonly browser: Browser; readonly file: string },
  look: (page: Page) => Promise<void>,
): Promise<void> {
  for (const { colorScheme, width } of views) {
    await t.test(`${colorScheme}, ${width} wide: no error, nothing that axe finds`, async (t) => {
      const viewport = { width, height: 800 };
      // The policy is bypassed for axe, which is no part of the page.
      const context = await browser.newContext({ colorScheme, viewport, bypassCSP: true });
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      await look(page);
      const isWider = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
      t.equal(await page.evaluate(isWider), false, 'no sideways scrolling');
      t.equal(requests.length, 1, 'the file itself only');
      await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
      const found = await page.evaluate('axe.run().then(({ violations }) => violations)');
      t.same(found, []);
      t.same(complaints, []);
      await context.close();
    });
  }
}

/** Whether a browser can show each SVG as an image, which asks for well-formed XML. */
export async function areImages(browser: Browser, svgs: readonly string[]): Promise<boolean> {
  const page = await browser.newPage();
  try {
    const sources = svgs.map(
      (svg) => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    );
    const images = sources.map((source) => `<img src="${source}" alt="">`);
    await page.setContent(images.join(''), { waitUntil: 'load' });
    const isShown = '[...document.images].every((image) => image.naturalWidth > 0)';
    return await page.evaluate(isShown);
  } finally {
    await page.close();
  }
}
