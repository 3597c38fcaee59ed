import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface Load {
  readonly seconds: number;
  readonly connections: number;
  /** Requests a second at an even pace; as many as are answered when it is left out. */
  readonly rate?: number;
}

/** Stands in a body where each request gets a UUID of its own. */
export const NEW_ID = '00000000-0000-4000-8000-000000000000';

type Answered = (body: string, at: number) => void;

/**
 * One kept-alive connection that posts the same bytes but for the id. Written out because the generator shares two cores
 * with what it measures: autocannon with a body of its own for each request took as much as the bare server.
 */
class Connection {
  private readonly socket: ReturnType<typeof connect>;
  private readonly request: Buffer;
  private readonly idAt: number;
  private received = '';
  private done: ((body: string) => void) | undefined;
  private failed: ((error: Error) => void) | undefined;

  constructor(url: URL, body: string) {
    this.socket = connect(Number(url.port), url.hostname);
    this.socket.setNoDelay(true);
    const head = `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n`;
    this.request = Buffer.from(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    this.idAt = this.request.indexOf(NEW_ID);
    this.socket.on('data', (data) => this.read(data.toString('latin1')));
    this.socket.on('error', (error) => this.failed?.(error));
    this.socket.on('close', () => this.failed?.(new Error('the connection was closed')));
  }

  /** The body of the answer; throws when it is not 201. */
  post(): Promise<string> {
    if (this.idAt >= 0) this.request.write(randomUUID(), this.idAt, 'latin1');
    return new Promise((resolve, reject) => {
      this.done = resolve;
      this.failed = reject;
      this.socket.write(this.request);
    });
  }

  private read(text: string): void {
    this.received += text;
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.received)?.[1]);
    if (this.received.length < end + 4 + length) return;
    const answer = this.received;
    this.received = '';
    if (answer.startsWith('HTTP/1.1 201 ')) this.done?.(answer.slice(end + 4));
    else this.failed?.(new Error(`answered ${answer.slice(0, 12)}`));
  }

  close(): void {
    this.failed = undefined;
    this.socket.destroy();
  }
}

/** Posts a JSON body for some seconds; answers a second. Throws when one was not 201. */
export async function load(
  url: string,
  body: string,
  { seconds, connections, rate }: Load,
  each: Answered = () => undefined,
): Promise<number> {
  const all = Array.from({ length: connections }, () => new Connection(new URL(url), body));
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  let begun = 0;
  let answered = 0;
  const client = async (connection: Connection): Promise<void> => {
    while (elapsed() < seconds) {
      if (rate && begun >= elapsed() * rate) {
        await pause(1);
        continue;
      }
      begun += 1;
      const at = performance.now();
      each(await connection.post(), at);
      answered += 1;
    }
  };
  try {
    await Promise.all(all.map(client));
    return answered / elapsed();
  } finally {
    for (const connection of all) connection.close();
  }
}
