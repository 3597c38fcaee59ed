/** A setting that would start, but must not where real people's data lies. */
export interface Unfit {
  readonly name: string;
  readonly problem: string;
}

/** Settings that are secrets by their name. */
const SECRET = /_(KEY|PEPPER|PASSWORD)$/;
/** Different characters that 32 random bytes in base64url have at least, but for one in a billion. */
const DIFFERENT = 16;
const PLACEHOLDER = /change|example|secret|password|placeholder/i;

/** `id:key,id:key` has several secrets, a name before each; a public key before which nothing stands has one. */
const secretsIn = (text: string): string[] => text.split(',').map((one) => one.slice(one.indexOf(':') + 1));
const isGuessable = (name: string, secret: string): boolean =>
  PLACEHOLDER.test(secret) || (!name.endsWith('_PASSWORD') && new Set(secret).size < DIFFERENT);

/** User and password of a connection string. */
const CREDENTIALS = /^[a-z+]+:\/\/[^/@]+:([^/@]+)@/;

/**
 * What a service refuses to run with in production: the demo's clock, an issuer without TLS (whoever answers in its
 * place makes tokens), a database without a password, secrets that somebody could guess or has read in a manual, and the
 * same secret twice. Shows no value.
 */
export function unfitForProduction(settings: Readonly<Record<string, unknown>>): Unfit[] {
  const texts = Object.entries(settings).filter((one): one is [string, string] => typeof one[1] === 'string');
  const of = (name: string): string => texts.find(([known]) => known === name)?.[1] ?? '';
  const unfit: Unfit[] = [];
  if (of('DEMO_CLOCK_FILE')) unfit.push({ name: 'DEMO_CLOCK_FILE', problem: 'must not be set in production' });
  if (!of('OIDC_ISSUER').startsWith('https://'))
    unfit.push({ name: 'OIDC_ISSUER', problem: 'must be an https address in production' });
  const password = CREDENTIALS.exec(of('MONGODB_URI'))?.[1];
  if (password === undefined || PLACEHOLDER.test(password))
    unfit.push({ name: 'MONGODB_URI', problem: 'must name a user and a password of its own in production' });
  const owners = new Map<string, string>();
  for (const [name, text] of texts.filter(([known]) => SECRET.test(known) && !/PUBLIC/.test(known)))
    for (const secret of secretsIn(text)) {
      if (isGuessable(name, secret))
        unfit.push({ name, problem: 'is a placeholder: production needs a random secret' });
      else if (owners.has(secret))
        unfit.push({ name, problem: `must not be the same secret as ${owners.get(secret)}` });
      owners.set(secret, name);
    }
  return unfit;
}
