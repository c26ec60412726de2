import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { serveFiles } from './serve-files.ts';
import type { FileServer } from './serve-files.ts';
import { STRICT_CSP } from './strict-csp.ts';
import { REPORTED, watchTraffic } from './watch-traffic.ts';

/** The watch itself: on a page that tries every way out. */
let browser: Browser;
let other: FileServer;

beforeAll(async () => {
  browser = await launchBrowser();
  other = await serveFiles('/nowhere', {});
});
afterAll(async () => {
  await browser?.close();
  await other?.close();
});

/** Ways out of a page, each a script. `away` is an address of another origin, `add` makes an element. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  fetch: `fetch(away + 'fetch').catch(() => {})`,
  XMLHttpRequest: `const r = new XMLHttpRequest(); r.open('GET', away + 'XMLHttpRequest'); r.send()`,
  sendBeacon: `navigator.sendBeacon(away + 'sendBeacon', 'x')`,
  EventSource: `new EventSource(away + 'EventSource')`,
  WebSocket: `new WebSocket(away.replace('http', 'ws') + 'WebSocket')`,
  image: `add('img', { src: away + 'image' })`,
  script: `add('script', { src: away + 'script' })`,
  sheet: `add('link', { rel: 'stylesheet', href: away + 'sheet' })`,
  frame: `add('iframe', { src: away + 'frame' })`,
  form: `add('iframe', { name: 'it' });
    add('form', { method: 'post', action: away + 'form', target: 'it' }).submit()`,
  worker: `new Worker('/worker.js#' + away)`,
  RTCPeerConnection: `new RTCPeerConnection({ iceServers: [{ urls: 'stun:localhost:9' }] })`,
  WebTransport: `new WebTransport(away.replace('http', 'https') + 'WebTransport').closed.catch(() => {})`,
  window: `open(away + 'window')`,
};

/** No directive is about these. */
const UNFORBIDDEN = ['RTCPeerConnection', 'window'];

const script = (away: string): string => `const away = '${away}/';
  const add = (tag, given) =>
    document.body.appendChild(Object.assign(document.createElement(tag), given));
  addEventListener('load', () => {
    ${Object.values(WAYS_OUT)
      .map((way) => `try { ${way} } catch {}`)
      .join('\n')}
  });`;

interface TryOptions {
  /** Content-Security-Policy of the page and its worker. */
  readonly policy?: string;
  readonly list: 'left' | 'violations';
  /** Names of ways out that must come up in that list. */
  readonly ways: readonly string[];
}

/** Opens a page that tries every way out; resolves once the watch has seen those it must see. */
async function tryOut({ policy, list, ways }: TryOptions): Promise<void> {
  const server = await serveFiles(
    '/nowhere',
    {
      '/page.html':
        '<!doctype html><link rel="icon" href="data:,"><body><script src="/way.js"></script>',
      '/way.js': script(other.url),
      '/worker.js': `fetch(location.hash.slice(1) + 'worker').catch(() => {})`,
    },
    { headers: policy ? { 'content-security-policy': policy } : {} },
  );
  const page = await browser.newPage();
  try {
    const traffic = await watchTraffic(page, server.url);
    await page.goto(`${server.url}/page.html`);
    const unseen = (): string[] => {
      const seen = traffic[list].join('\n');
      return ways.filter((way) => !seen.includes(way));
    };
    await expect.poll(unseen, { timeout: 20_000 }).toEqual([]);
  } finally {
    await page.context().close();
    await server.close();
  }
}

it('sees every way out of a page', async () => {
  await tryOut({ list: 'left', ways: Object.keys(WAYS_OUT) });
});

it('sees what a strict Content-Security-Policy forbids, in workers too', async () => {
  const ways = Object.keys(WAYS_OUT).filter((way) => !UNFORBIDDEN.includes(way));
  const policy = STRICT_CSP + REPORTED;
  await tryOut({ policy, list: 'violations', ways });
});
