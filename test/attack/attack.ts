/**
 * `npm run attack -- <name>`: what somebody with bad intentions would send, against the services as they run. Each ends with code
 * 0 when nothing was found, 1 when something was, 2 when it was asked wrongly.
 */
const ATTACKS: Record<string, () => Promise<(args: string[]) => Promise<boolean>>> = {
  connections: async () => (await import('./connections.js')).connections,
  events: async () => (await import('./events.js')).events,
  fuzz: async () => (await import('./fuzz.js')).fuzz,
  schemathesis: async () => (await import('./schemathesis/run.js')).schemathesis,
};

const [name = '', ...args] = process.argv.slice(2);
const attack = Object.hasOwn(ATTACKS, name) ? await ATTACKS[name]!() : undefined;
if (!attack) {
  console.error(`usage: npm run attack -- ${Object.keys(ATTACKS).join('|')} [options]; see test/attack/README.md`);
  process.exit(2);
}
process.exit((await attack(args)) ? 0 : 1);
