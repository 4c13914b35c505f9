import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding { id: string; impact: string | null; nodes: { target: string[] }[] }

/** What axe-core calls serious or critical on what the page shows now. */
export async function serious(page: Page): Promise<string[]> {
  // The page's policy forbids scripts from elsewhere; the debugger's evaluation is not the page's. Once a page: half a megabyte.
  if (await page.evaluate('typeof axe') === 'undefined') await page.evaluate(AXE);
  const findings = await page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(r => r.violations)') as Finding[];
  return findings.filter(f => f.impact === 'serious' || f.impact === 'critical').map(f => `${f.id}: ${f.nodes.map(n => n.target.join(' ')).join(' | ')}`);
}

/** Whether the page asks to be scrolled sideways, and what stands over its right edge. */
export async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1).slice(0, 5).map(e => e.tagName + '.' + e.className);
  })()`);
}
