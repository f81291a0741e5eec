import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** A Chromium of this machine: CHROMIUM, or one on the PATH. */
export function chromiumPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env['CHROMIUM'], ...found].find((path) => path !== undefined && existsSync(path));
}

/** A page as a reader has it. */
export interface Page {
  /** What the browser complained of: console messages, exceptions, refused or failed loads. */
  readonly complaints: readonly string[];
  /** Every address that was asked for. */
  readonly requests: readonly string[];
  /** The value of an expression in the page; it must be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Presses and releases a key: `Tab`, `Enter`. */
  press(key: 'Tab' | 'Enter'): Promise<void>;
  /** The media feature as the reader prefers it. */
  prefer(scheme: 'light' | 'dark'): Promise<void>;
}

type Parameters = Readonly<Record<string, unknown>>;
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Parameters;
  readonly result?: Parameters;
  readonly error?: { readonly message: string };
}

/** Opens a page in a headless browser of its own, and ends that browser after `look`. */
export async function withPage<T>(binary: string, url: string, look: (page: Page) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'lwm2m-chromium-'));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`];
  const browser = spawn(binary, [...flags, '--remote-debugging-pipe'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<void>((resolve) => browser.once('close', () => resolve()));
  const devtools = new Devtools(browser);
  try {
    return await look(await open(devtools, url));
  } finally {
    await devtools.call('Browser.close').catch(() => browser.kill());
    await closed;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function open(devtools: Devtools, url: string): Promise<Page> {
  const { targetId } = await devtools.call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devtools.call('Target.attachToTarget', { targetId, flatten: true });
  const call = (method: string, params?: Parameters): Promise<Parameters> =>
    devtools.call(method, params, String(sessionId));
  const complaints: string[] = [];
  const requests: string[] = [];
  const complain = (params: Parameters): void => void complaints.push(JSON.stringify(params));
  for (const method of [
    'Runtime.consoleAPICalled',
    'Runtime.exceptionThrown',
    'Log.entryAdded',
    'Network.loadingFailed',
  ])
    devtools.on(method, complain);
  devtools.on('Network.requestWillBeSent', ({ request }) => {
    if (typeof request === 'object' && request !== null && 'url' in request) requests.push(String(request.url));
  });
  const loaded = new Promise<void>((resolve) => devtools.on('Page.loadEventFired', () => resolve()));
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await call(`${domain}.enable`);
  await call('Page.navigate', { url });
  await loaded;
  return {
    complaints,
    requests,
    async evaluate(expression) {
      const { result } = await call('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
      return typeof result === 'object' && result !== null && 'value' in result ? result.value : undefined;
    },
    async press(key) {
      const code = key === 'Tab' ? { windowsVirtualKeyCode: 9 } : { windowsVirtualKeyCode: 13, text: '\r' };
      for (const type of ['keyDown', 'keyUp']) await call('Input.dispatchKeyEvent', { type, key, code: key, ...code });
    },
    async prefer(scheme) {
      await call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    },
  };
}

/** The DevTools protocol over a pipe: JSON messages, each ended by a zero byte. */
class Devtools {
  #count = 0;
  #rest = '';
  readonly #pending = new Map<number, { resolve(result: Parameters): void; reject(error: Error): void }>();
  readonly #listeners = new Map<string, ((params: Parameters) => void)[]>();
  readonly #to: Writable;

  constructor(browser: ChildProcess) {
    const [, , , to, from] = browser.stdio;
    this.#to = to as Writable;
    (from as Readable).setEncoding('utf8').on('data', (text: string) => this.#take(text));
    const end = (): void => {
      for (const call of this.#pending.values()) call.reject(new Error('the browser ended'));
      this.#pending.clear();
    };
    this.#to.on('error', end);
    browser.once('error', end);
    browser.once('close', end);
  }

  on(method: string, told: (params: Parameters) => void): void {
    this.#listeners.set(method, [...(this.#listeners.get(method) ?? []), told]);
  }

  call(method: string, params: Parameters = {}, sessionId?: string): Promise<Parameters> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#to.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
    });
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split('\0');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#hear(JSON.parse(part) as Message);
  }

  #hear({ id, method, params, result, error }: Message): void {
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (id !== undefined) this.#pending.delete(id);
    if (error) pending?.reject(new Error(error.message));
    else pending?.resolve(result ?? {});
    for (const told of this.#listeners.get(method ?? '') ?? []) told(params ?? {});
  }
}
