import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import autocannon from 'autocannon';

const HEADERS = { 'content-type': 'application/json' };

export interface Load {
  readonly seconds: number;
  readonly connections: number;
}

/** Posts a JSON body as fast as it is answered; answers a second. Throws when one was not 2xx. */
export async function load(url: string, body: string, { seconds, connections }: Load): Promise<number> {
  const result = await autocannon({
    ...{ url, body, connections, duration: seconds, method: 'POST', headers: HEADERS },
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx + result.errors} requests to ${url} failed`);
  return result['2xx'] / result.duration;
}

/**
 * Posts a JSON body at an even rate, whether answers come or not, and hands on each answer's text with the instant of
 * its request. autocannon's own rate is a burst at each full second, which would measure the burst.
 */
export async function paced(
  url: string,
  body: string,
  { seconds, connections, rate }: Load & { rate: number },
  each: (text: string, at: number) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const options = { method: 'POST', agent, headers: { ...HEADERS, 'content-length': Buffer.byteLength(body) } };
  const post = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const at = performance.now();
      const call = request(url, options, (response) => {
        let text = '';
        response.on('data', (data: Buffer) => (text += data.toString()));
        response.on('end', () => {
          if (response.statusCode !== 201) return reject(new Error(`answered ${response.statusCode}`));
          each(text, at);
          resolve();
        });
      });
      call.on('error', reject);
      call.end(body);
    });
  const calls: Promise<void>[] = [];
  const began = performance.now();
  for (let due = 0; due < seconds * rate; due = Math.min(seconds, (performance.now() - began) / 1000) * rate) {
    while (calls.length < due) calls.push(post());
    await pause(2);
  }
  await Promise.all(calls);
  agent.destroy();
}
