const NOTHING_FROM_ELSEWHERE =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; form-action 'self'; base-uri 'none'";

/** Of every page and file for everybody: nothing is loaded from elsewhere, no script runs, a form is sent to us only, nobody frames us. */
export const CONTENT_POLICY = `${NOTHING_FROM_ELSEWHERE}; frame-ancestors 'none'`;

/** Where charts stand their script may run: a file of ours, nothing inline, nothing evaluated. */
export const CHARTS_POLICY = `${CONTENT_POLICY}; script-src 'self'`;

/**
 * Written into a page that is read from disk or from a mirror, where no server sends a policy. What 'self' means for `file:` is not the
 * same in every browser; a page that came over HTTP cannot load from `file:`, and ours comes with the stricter policy as well.
 * `frame-ancestors` is for servers only.
 */
export const PACKAGE_POLICY = `${NOTHING_FROM_ELSEWHERE}; script-src 'self' file:`;
