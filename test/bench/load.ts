import { Agent, request } from 'node:http';

/** Posts bodies over kept-alive connections for some seconds; answers per second that had the status. */
export async function load(
  url: string,
  bodyOf: (n: number) => string,
  options: { seconds: number; connections: number },
): Promise<{ perSecond: number; p50: number; p99: number; failed: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const times: number[] = [];
  let failed = 0;
  let n = 0;
  const began = performance.now();
  const end = began + options.seconds * 1000;
  const one = (): Promise<number> =>
    new Promise((resolve) => {
      const text = bodyOf((n += 1));
      const call = request(
        url,
        {
          method: 'POST',
          agent,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      call.on('error', () => resolve(0));
      call.end(text);
    });
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now();
      if ((await one()) === 201) times.push(performance.now() - start);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: options.connections }, client));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { perSecond: times.length / seconds, ...percentiles(times), failed };
}

export function percentiles(times: number[]): { p50: number; p99: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
