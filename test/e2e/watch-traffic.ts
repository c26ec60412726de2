import type { Page, Request } from 'playwright-core';

/** What a page sent, or tried to send. */
export interface Traffic {
  /** Addresses of all requests of the page and of its workers. */
  readonly requests: readonly string[];
  /** What went to another origin, or could: each with its kind and address. Empty when nothing left. */
  readonly left: readonly string[];
  /** What the page's policy forbade it and its workers. A policy reports only where it has `REPORTED`. */
  readonly violations: readonly string[];
}

/** Added to a Content-Security-Policy: the browser then requests this address for each violation. */
export const REPORTED = '; report-uri /violations';

/**
 * Reports what browsers announce as no request. Nothing is replaced by a stub: connections are made as before.
 * Workers have no WebRTC.
 */
function announce(): void {
  const { reportConnection } = globalThis as unknown as { reportConnection(text: string): void };
  for (const name of ['RTCPeerConnection', 'WebTransport'] as const) {
    const Original = globalThis[name];
    // WebTransport is only there on pages that are secure.
    if (!Original) continue;
    const construct = (target: typeof Original, args: unknown[], made: typeof Original): object => {
      reportConnection(`${name} ${JSON.stringify(args[0] ?? null)}`);
      return Reflect.construct(target, args, made) as object;
    };
    Object.assign(globalThis, { [name]: new Proxy(Original, { construct }) });
  }
}

/** The violation of a policy that a request reports; null for any other request. */
function violationIn(request: Request): string | null {
  const body = request.postData();
  if (!body?.startsWith('{"csp-report"')) return null;
  const report = (JSON.parse(body) as Record<string, Record<string, string>>)['csp-report'];
  return `${report['effective-directive']}: ${report['blocked-uri']}, ${report['source-file']}`;
}

/** Watches a page from before it is opened, over all its loads. What stays within `origin` has not left. */
export async function watchTraffic(page: Page, origin: string): Promise<Traffic> {
  const requests: string[] = [];
  const left: string[] = [];
  const violations: string[] = [];
  const context = page.context();
  context.on('request', (request) => {
    const address = new URL(request.url());
    requests.push(address.href);
    const violation = violationIn(request);
    if (violation) violations.push(violation);
    else if (address.origin !== origin && address.protocol !== 'data:')
      left.push(`${request.resourceType()} ${address}`);
  });
  page.on('websocket', (socket) => left.push(`websocket ${socket.url()}`));
  await context.exposeFunction('reportConnection', (text: string) => void left.push(text));
  await page.addInitScript(announce);
  return { requests, left, violations };
}
