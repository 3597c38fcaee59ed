import { CLIENTS } from './clients.js';
import { fetchToken } from './issuer.js';

/** `npm run token -- <client>`: prints a token for curl. */
const [id] = process.argv.slice(2);
if (!id || !CLIENTS.some((c) => c.id === id)) {
  console.error(
    `usage: npm run -s token -- <client>\n${CLIENTS.map((c) => `  ${c.id.padEnd(20)} ${c.does}`).join('\n')}`,
  );
  process.exit(2);
}
try {
  console.log(await fetchToken(process.env['OIDC_ISSUER'] ?? 'http://localhost:3000', id));
} catch (error) {
  const { cause, message } = error as Error;
  console.error(cause ? 'the identity issuer does not run: start the platform with npm start' : message);
  process.exit(1);
}
