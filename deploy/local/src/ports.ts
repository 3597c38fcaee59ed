import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Throws when somebody holds the port, naming the process where the system tells. */
export async function needPort(port: number, what: string, variable: string): Promise<void> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '0.0.0.0', () => resolve(true));
  });
  await new Promise((resolve) => server.close(resolve));
  if (!free) throw new Error(`port ${port} for ${what} is taken${holderOf(port)}; free it or set ${variable}`);
}

function holderOf(port: number): string {
  try {
    const line = execFileSync('ss', ['-Hltnp', `sport = :${port}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const match = /\("([^"]+)",pid=(\d+)/.exec(line);
    return match ? ` by ${match[1]} (process ${match[2]})` : '';
  } catch {
    return '';
  }
}
