import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { takeTurns } from './turns.js';

describe('requests that come together', () => {
  it('are begun four at a time, and the event loop goes round between them', async () => {
    const server = fastify();
    takeTurns(server);
    let turn = 0;
    const turns: number[] = [];
    server.get('/', () => {
      turns.push(turn);
      return 'done';
    });
    await server.ready();
    let over = false;
    const count = (): void => {
      turn += 1;
      if (!over) setImmediate(count);
    };
    count();
    const answers = await Promise.all(Array.from({ length: 20 }, () => server.inject('/')));
    over = true;
    expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
    const counts = Map.groupBy(turns, (one) => one);
    expect([...counts.values()].map((some) => some.length)).toEqual([4, 4, 4, 4, 4]);
    await server.close();
  });

  it('are each answered, also those that come while others wait', async () => {
    const server = fastify();
    takeTurns(server);
    const later: Promise<{ statusCode: number }>[] = [];
    server.get('/', async () => {
      if (later.length < 100) later.push(server.inject('/'));
      await new Promise((resolve) => setImmediate(resolve));
      return 'done';
    });
    await server.ready();
    await Promise.all(Array.from({ length: 10 }, () => server.inject('/')));
    // Each of them may have sent another.
    for (let i = 0; i < later.length; i += 1) expect((await later[i]!).statusCode).toBe(200);
    expect(later).toHaveLength(100);
    await server.close();
  });
});
