/** A problem of RFC 9457 as the services send it. */
export interface Problem {
  /** Stable: what a program may decide by. */
  readonly code: string;
  readonly title: string;
  /** What would be right, in English; for people. */
  readonly detail: string;
  /** Which fields were not acceptable, and why. */
  readonly fields?: readonly { readonly field: string; readonly problem: string }[];
  /** What would be possible in the present state. */
  readonly allowed?: readonly string[];
  /** What must be done first. */
  readonly open?: { readonly count: number; readonly first: readonly string[] };
  /** Finds the request in the logs of the service. */
  readonly traceId?: string;
}

/** Thrown for every answer that is none of success. */
export class AiqynError extends Error {
  override readonly name = 'AiqynError';

  constructor(
    readonly status: number,
    readonly problem: Problem,
    /** Seconds after which to come again, where the service says it (503). */
    readonly retryAfter: number | undefined,
    call: string,
  ) {
    const fields = problem.fields?.map(({ field, problem: why }) => `${field}: ${why}`) ?? [];
    super([`${call}: ${status} ${problem.code}`, problem.detail, ...fields].join('; '));
  }

  get code(): string {
    return this.problem.code;
  }

  get fields(): NonNullable<Problem['fields']> {
    return this.problem.fields ?? [];
  }

  /** What comes from something between (a proxy) is no problem of ours: its code is `not_a_problem`. */
  static async of(request: Request, response: Response): Promise<AiqynError> {
    const text = await response.text();
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
    const problem = isProblem
      ? (JSON.parse(text) as Problem)
      : { code: 'not_a_problem', title: response.statusText, detail: text.slice(0, 200) };
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    const call = `${request.method} ${new URL(request.url).pathname}`;
    return new AiqynError(response.status, problem, Number.isFinite(wait) ? wait : undefined, call);
  }
}
