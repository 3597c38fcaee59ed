/** Of every page and file for everybody: nothing is loaded from elsewhere, no script runs, a form is sent to us only, nobody frames us. */
export const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
