/** 32 bytes as base64url, of which one in 64 begins with a dash. */
const KEY = /^-[A-Za-z0-9_-]{42}$/;

/** Arguments in which a key that begins with a dash belongs to the option before it, instead of looking like an option. */
export const withKeys = (args: readonly string[]): string[] =>
  args.reduce<string[]>((done, one) => {
    const before = done.at(-1);
    const belongs = KEY.test(one) && before !== undefined && /^--[a-z-]+$/.test(before);
    return belongs ? [...done.slice(0, -1), `${before}=${one}`] : [...done, one];
  }, []);
