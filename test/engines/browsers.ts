/**
 * The browsers of the three families, each as one thing: a page at an address that can be asked for digests. One that
 * is not installed is a sentence that says so and how to get it. Nothing is ever downloaded here.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { messageOf } from '../../src/base/thrown.ts';
import { BROWSER_ARGS, findBrowser } from '../support/browser.ts';
import type { Compared } from './designs.ts';
import { LOOK } from './seen.ts';

export interface Engine {
  readonly version: string;
  digestOf(asked: Compared): Promise<string>;
  /** Goes to the product's page, and gives what LOOK gives there. */
  look(address: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens the page at `address`, or says why it cannot. */
export type Opening = (address: string) => Promise<Engine | { readonly missing: string }>;

export const ENGINES: Readonly<Record<string, Opening>> = {
  Chromium: openChromium,
  Firefox: openFirefox,
  WebKitGTK: openWebKit,
};

async function openChromium(address: string): Promise<Engine | { missing: string }> {
  let found;
  try {
    found = findBrowser();
  } catch (error) {
    return { missing: messageOf(error) };
  }
  const { executablePath, env, version } = found;
  const browser = await chromium.launch({
    executablePath,
    args: [...BROWSER_ARGS],
    env: { ...process.env, ...env },
  });
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'digestOf' in window);
  return {
    version,
    digestOf: ({ link, span }) =>
      page.evaluate(([text, of]) => window.digestOf(text, of), [link, span] as const),
    look: async (other) => {
      await page.goto(other);
      return String(await page.evaluate(LOOK));
    },
    close: () => browser.close(),
  };
}

async function openFirefox(address: string): Promise<Engine | { missing: string }> {
  const executablePath = process.env['FIREFOX_PATH'] ?? onPath('firefox-esr') ?? onPath('firefox');
  if (executablePath === undefined)
    return { missing: 'install firefox-esr, or name a Firefox by FIREFOX_PATH' };
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'digestOf' in window);
  return {
    version: (await browser.version()).replace('/', ' '),
    digestOf: ({ link, span }) =>
      page.evaluate(([text, of]) => window.digestOf(text, of), [link, span] as const),
    look: async (other) => {
      await page.goto(other);
      return String(await page.evaluate(LOOK));
    },
    close: () => browser.close(),
  };
}

/** Where distributions keep MiniBrowser, below the folder of libraries. */
const WEBKITS = ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'];
/** How long the driver may take to listen, and a run to be rendered, milliseconds. */
const DRIVER_MS = 20_000;
const SCRIPT_MS = 120_000;

async function openWebKit(address: string): Promise<Engine | { missing: string }> {
  const driver = onPath('WebKitWebDriver');
  const display = onPath('xvfb-run');
  const binary = miniBrowser();
  if (driver === undefined || binary === undefined) return { missing: 'install webkit2gtk-driver' };
  if (display === undefined) return { missing: 'install xvfb: the browser has no headless mode' };
  const port = await freePort();
  // A group of its own, so that the display and the browsers go with the driver.
  const child = spawn(display, ['-a', driver, `--port=${port}`], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1' },
  });
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  try {
    const driverAt = `http://127.0.0.1:${port}`;
    await untilReady(driverAt);
    const options = { binary, args: ['--automation'] };
    const started = await ask(driverAt, 'POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
    });
    const { sessionId, capabilities } = fieldsOf(started);
    const session = `/session/${String(sessionId)}`;
    await ask(driverAt, 'POST', `${session}/timeouts`, { script: SCRIPT_MS });
    await ask(driverAt, 'POST', `${session}/url`, { url: address });
    return {
      version: `WebKitGTK ${String(fieldsOf(capabilities)['browserVersion'])}`,
      digestOf: async ({ link, span }) =>
        String(
          await ask(driverAt, 'POST', `${session}/execute/async`, {
            script: SCRIPT,
            args: [link, span ?? null],
          }),
        ),
      look: async (other) => {
        await ask(driverAt, 'POST', `${session}/url`, { url: other });
        return String(
          await ask(driverAt, 'POST', `${session}/execute/async`, {
            script: `${LOOK}.then(arguments[0], (error) => arguments[0](error.message));`,
            args: [],
          }),
        );
      },
      close: async () => {
        await ask(driverAt, 'DELETE', session).catch(() => undefined);
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

/** The page's script is a module: it may come after the page is there. */
const SCRIPT = `const [link, span, done] = arguments;
const wait = () => window.digestOf === undefined
  ? setTimeout(wait, 20)
  : window.digestOf(link, span ?? undefined).then(done, (error) => done('error: ' + error.message));
wait();`;

/** One command of W3C WebDriver; its value, or an error in the driver's words. */
async function ask(driver: string, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(driver + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = fieldsOf(await answer.json());
  if (!answer.ok) throw new Error(`WebKitWebDriver ${method} ${path}: ${JSON.stringify(value)}`);
  return value;
}

async function untilReady(driver: string): Promise<void> {
  const last = Date.now() + DRIVER_MS;
  for (;;) {
    try {
      await ask(driver, 'GET', '/status');
      return;
    } catch (error) {
      if (Date.now() > last) throw error;
      await new Promise((later) => setTimeout(later, 100));
    }
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** MiniBrowser is a private program of the library: it lies beside it, below the folder of the machine's own kind. */
function miniBrowser(): string | undefined {
  const named = process.env['MINIBROWSER_PATH'];
  if (named !== undefined) return named;
  const folders = ['/usr/lib', '/usr/libexec', '/usr/lib64'].filter((folder) => existsSync(folder));
  const below = folders.flatMap((folder) => [
    folder,
    ...readdirSync(folder)
      .filter((name) => name.includes('-linux-gnu'))
      .map((name) => join(folder, name)),
  ]);
  return below
    .flatMap((folder) => WEBKITS.map((webkit) => join(folder, webkit, 'MiniBrowser')))
    .find((path) => existsSync(path));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
