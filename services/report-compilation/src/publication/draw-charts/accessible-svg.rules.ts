const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!);

/**
 * Names the drawing for assistive technology (Vega loses the description of a spec on its way to SVG), takes the roles off its
 * parts, which an image does not have, and makes its ids its own, since several charts stand in one page. Throws when it is not
 * the SVG that Vega writes.
 */
export function accessibleSvg(
  svg: string,
  { id, title, description }: { id: string; title: string; description: string },
): string {
  if (!/^<svg [^>]*>/.test(svg)) throw new Error(`the drawing of ${id} is no SVG`);
  const size = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(svg);
  if (!size || Number(size[1]) < 1 || Number(size[2]) < 1) throw new Error(`the drawing of ${id} has no size`);
  const own = svg
    .replace(/<[a-z][^>]*>/g, (tag) => tag.replace(/ (role|aria-[a-z]+)="[^"]*"/g, ''))
    .replace(/\bid="([^"]+)"/g, `id="${id}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${id}-$1)`);
  return own.replace(
    /^<svg ([^>]*)>/,
    (_, attributes: string) =>
      `<svg ${attributes} role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${escape(title)}</title><desc id="${id}-desc">${escape(description)}</desc>`,
  );
}
