import { defineConfig } from '@playwright/test';
import { BROWSER_ARGS, findBrowser } from './test/support/browser.ts';
import { AT_ROOT, AT_SUB_PATH, SUB_PATH } from './test/support/addresses.ts';

const browser = findBrowser();

/** The tests in a real Chromium, on the built page: `npm run build` first. */
export default defineConfig({
  testDir: 'test/browser',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/browser',
  metadata: { browser: `${browser.version}, from ${browser.origin}` },
  // Two cores: the page and its worker use both of them.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // A page that renders a minute of traffic on a slow machine, and axe over all of it, need their time.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/reports/browser.json' }]],
  use: {
    baseURL: AT_ROOT.href,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    // A playhead that moves four times a second leaves the processor to the tests; those of motion ask for more.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',

    launchOptions: {
      executablePath: browser.executablePath,
      args: [...BROWSER_ARGS],
      env: { ...process.env, ...browser.env },
    },
  },
  webServer: [
    {
      command: `node node_modules/vite/bin/vite.js preview --port ${AT_ROOT.port} --strictPort`,
      url: AT_ROOT.href,
      reuseExistingServer: false,
    },
    {
      command: `node test/tools/run.mjs test/tools/serve.ts dist ${AT_SUB_PATH.port} ${SUB_PATH}`,
      url: AT_SUB_PATH.href,
      reuseExistingServer: false,
    },
  ],
});
