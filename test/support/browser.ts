/**
 * Finds a Chromium for the browser tests on whatever machine they run, without a download: what CHROME_PATH names, one
 * of the system, one that Playwright has fetched before, or the one that comes inside an npm package. The first that
 * answers is taken; if none does, that is an error which says what was tried. It never starts a page.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';

export interface Browser {
  /** Where it was found, in words. */
  readonly origin: string;
  readonly executablePath: string;
  /** What the browser needs in its environment, beside what this process has. */
  readonly env: Readonly<Record<string, string>>;
  readonly version: string;
}

/**
 * What a Chromium is to do without. The address bar's popups are pages of their own that every new window starts, which
 * takes a second of processor from the page that is looked at. One list replaces another, so that what Playwright leaves
 * out, and a page of this project could notice, is named here again.
 */
const ABSENT = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/** Flags under which a Chromium runs as root, in a closed network, and without a GPU. */
export const BROWSER_ARGS = [
  `--disable-features=${ABSENT.join(',')}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** Without it, `Intl` throws on locales such as en-US@posix. */
const LOCALE = { LANG: 'en_US.UTF-8' };

type Candidate = Omit<Browser, 'version'>;

/**
 * The first browser that answers. THROUGHLINE_BROWSER=bundled takes the one from the npm package, whatever else is
 * there (`system` and `playwright` likewise name one place to look in).
 */
export function findBrowser(): Browser {
  const places: Record<string, () => Candidate[]> = { path: named, system, playwright, bundled };
  const forced = process.env['THROUGHLINE_BROWSER'];
  if (forced !== undefined && !(forced in places)) {
    throw new Error(`THROUGHLINE_BROWSER=${forced}: allowed are ${Object.keys(places).join(', ')}`);
  }
  const tried: string[] = [];
  for (const [place, candidates] of Object.entries(places)) {
    if (forced !== undefined && place !== forced) continue;
    for (const candidate of candidates()) {
      const answer = versionOf(candidate);
      if (answer.ok) return { ...candidate, version: answer.version };
      tried.push(`${candidate.origin} (${candidate.executablePath}): ${answer.reason}`);
      // Who names a browser wants that one, not another.
      if (place === 'path') throw new Error(`CHROME_PATH does not answer --version: ${tried.join('; ')}`);
    }
  }
  throw new Error(
    `no browser for the tests; set CHROME_PATH to a Chromium or Chrome. Tried: ${tried.join('; ') || 'none found'}`,
  );
}

function named(): Candidate[] {
  const path = process.env['CHROME_PATH'];
  return path === undefined || path === ''
    ? []
    : [{ origin: 'CHROME_PATH', executablePath: path, env: LOCALE }];
}

function system(): Candidate[] {
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
    .filter((path) => existsSync(path))
    .map((executablePath) => ({ origin: 'the system', executablePath, env: LOCALE }));
}

function playwright(): Candidate[] {
  const executablePath = chromium.executablePath();
  return existsSync(executablePath) ? [{ origin: "Playwright's cache", executablePath, env: LOCALE }] : [];
}

/** The headless Chromium of @sparticuz/chromium, unpacked with its libraries and fonts. Linux on x64 alone. */
function bundled(): Candidate[] {
  if (process.platform !== 'linux' || process.arch !== 'x64') return [];
  const packed = resolve('node_modules/@sparticuz/chromium/bin');
  if (!existsSync(packed)) return [];
  const home = unpackOnce(packed);
  return [
    {
      origin: '@sparticuz/chromium',
      executablePath: join(home, 'chromium'),
      env: {
        ...LOCALE,
        LD_LIBRARY_PATH: [join(home, 'lib'), process.env['LD_LIBRARY_PATH'] ?? '']
          .filter((path) => path !== '')
          .join(':'),
        FONTCONFIG_FILE: join(home, 'fonts.conf'),
      },
    },
  ];
}

function unpackOnce(packed: string): string {
  const home = resolve('node_modules/.cache/throughline-chromium');
  if (existsSync(home)) return home;
  const unfinished = `${home}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, 'chromium'), unbrotli(join(packed, 'chromium.br')), { mode: 0o755 });
  for (const archive of ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
    execFileSync('tar', ['-xf', '-', '-C', unfinished], { input: unbrotli(join(packed, archive)) });
  }
  // Without a font its renderer crashes; on a bare machine these are the only ones.
  writeFileSync(
    join(unfinished, 'fonts.conf'),
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig><dir>${join(home, 'fonts')}</dir>` +
      `<dir>/usr/share/fonts</dir><cachedir>${join(home, 'font-cache')}</cachedir></fontconfig>\n`,
  );
  try {
    renameSync(unfinished, home);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
  return home;
}

function unbrotli(path: string): Buffer {
  return brotliDecompressSync(readFileSync(path));
}

function versionOf({
  executablePath,
  env,
}: Candidate): { ok: true; version: string } | { ok: false; reason: string } {
  try {
    const version = execFileSync(executablePath, ['--version', '--no-sandbox'], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      timeout: 20_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return /Chrom/.test(version) ? { ok: true, version } : { ok: false, reason: `answers "${version}"` };
  } catch (error) {
    return {
      ok: false,
      reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
    };
  }
}
