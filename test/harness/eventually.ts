/** Tries until the check passes; throws its last error at the deadline (milliseconds). Never a bare sleep in a spec. */
export async function eventually<T>(check: () => Promise<T> | T, deadline = 20_000): Promise<T> {
  const end = Date.now() + deadline;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
