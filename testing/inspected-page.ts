import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A page in a browser, and what a reader or a tester has to say of it. */
export interface InspectedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What stands on the console, and errors of its scripts. */
  readonly complaints: readonly string[];
  /** Addresses that it asked for; the file itself is the first. */
  readonly requests: readonly string[];
  /** Whether a reader has to scroll sideways. */
  isTooWide(): Promise<boolean>;
  /** What axe finds wrong, as it is now. */
  violations(): Promise<unknown>;
}

/** Opens a file as a page of a certain width, light or dark. */
export async function inspectedPage(
  browser: Browser,
  file: string,
  { colorScheme, width }: { colorScheme: 'light' | 'dark'; width: number },
): Promise<InspectedPage> {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 800 },
    // For axe, which is no part of the page.
    bypassCSP: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return {
    page,
    context,
    complaints,
    requests,
    isTooWide: () =>
      page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
    async violations() {
      const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
      await page.evaluate(readFileSync(axe, 'utf8'));
      return page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]))',
      );
    },
  };
}
