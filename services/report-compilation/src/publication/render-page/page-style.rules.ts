/** The print's colours and fonts; where neither the page nor the reader's machine has the fonts, others of the same kind. */
export const PAGE_STYLE = `
:root{color-scheme:light;--deep:#0b4a57;--teal:#0b5c6b;--gold:#8a6a1f;--ink:#1b2430;--soft:#4a5864;--hair:#c6d0d5;--wash:#e6eff1}
*{box-sizing:border-box}html{scroll-padding-top:1rem}body{margin:0;background:#fff;color:var(--ink);font:1.0625rem/1.6 "Source Serif 4",Georgia,"Noto Serif",serif;overflow-wrap:break-word}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;z-index:1;background:#fff;padding:.6rem 1rem}
a{color:var(--teal)}a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--gold);outline-offset:2px}
.sans,nav,table,figcaption,.note,.meta,footer,.eyebrow,h2,h3,svg text{font-family:Inter,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.cover{background:var(--deep);color:#fff;border-bottom:6px solid #c9a24b}.cover a{color:#fff}.inner,main,footer>div{max-width:60rem;margin:0 auto;padding:0 1.5rem}
.cover .inner{padding-top:1.4rem;padding-bottom:2.6rem}.cover nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;list-style:none;margin:0 0 2.6rem;padding:0;font-size:.9rem}
.eyebrow{margin:0;font-weight:600;color:#e9d9ac}h1{font-size:clamp(1.6rem,5vw,2.8rem);line-height:1.15;text-wrap:balance;margin:.5rem 0 .8rem;font-weight:600;max-width:20em}
.year{display:inline-block;font-family:Inter,"Segoe UI",sans-serif;font-weight:700;font-size:1.4rem;margin:0 1.2rem 0 0}.cover .meta{color:#dbe7ea}
.meta{font-size:.9rem;margin:.2rem 0}.contents{margin:2.2rem 0 0;border-left:3px solid #c9a24b;padding-left:1.2rem}.contents h2{font-size:1rem;margin:0 0 .4rem}.contents ul{list-style:none}.contents ol,.contents ul{margin:0;padding-left:1.4rem;font-size:.98rem}
section{margin-top:3.4rem}h2{color:var(--deep);font-size:1.6rem;line-height:1.25;margin:0 0 .6rem}h2 .ordinal{color:var(--gold);margin-right:.5rem}h3{color:var(--deep);font-size:1.05rem;margin:2rem 0 .5rem}
.owner{border-left:3px solid #c9a24b;padding:.1rem 0 .1rem .8rem;color:var(--soft);margin:0 0 1.4rem}.owner strong{color:var(--ink)}
p{margin:0 0 1rem}p a[data-number],td a[data-number]{color:inherit;text-decoration-color:#7f9aa2;text-underline-offset:.2em;white-space:nowrap}p a[data-number]:hover,td a[data-number]:hover{color:var(--teal)}
figure{margin:2rem 0 1.2rem}figcaption{font-weight:600;color:var(--deep);font-size:.95rem;margin-bottom:.5rem}figure svg{width:100%;min-width:34rem;max-width:44rem;height:auto;display:block}figure .scroll{margin:0}.plot{position:relative;min-width:34rem;max-width:44rem}.plot:focus-visible{outline-offset:-3px}.plot .tip{position:absolute;top:0;left:0;width:max-content;text-wrap:balance;background:var(--deep);color:#fff;border-radius:2px;padding:.35rem .6rem;font:600 .85rem/1.35 Inter,"Segoe UI",Roboto,"Noto Sans",sans-serif}.ring{fill:none;stroke:var(--gold);stroke-width:2}caption span{display:block;position:sticky;left:0;max-width:calc(100vw - 2.5rem)}
.scroll{position:relative;overflow-x:auto;max-width:100%;margin:1.6rem 0 .4rem}table{border-collapse:collapse;width:100%;font-size:.88rem;line-height:1.4;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:600;color:var(--deep);font-size:.95rem;padding-bottom:.5rem}
th,td{padding:.45rem .7rem;border-bottom:1px solid var(--hair);text-align:right;vertical-align:top}thead th{background:var(--wash);color:var(--deep);border-top:2px solid var(--teal);border-bottom:1px solid var(--teal);vertical-align:bottom}
th:first-child{text-align:left;font-weight:400;min-width:8rem}thead th:first-child{font-weight:600}tbody tr:last-child>*{border-bottom:1.5px solid var(--teal)}td{white-space:nowrap}
.note{font-size:.8rem;line-height:1.45;color:var(--soft);margin:.25rem 0}.hash{font-family:ui-monospace,monospace;font-size:.8rem;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem;margin:0 0 1rem}dt{color:var(--soft)}dd{margin:0;min-width:0;overflow-wrap:anywhere}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}footer{margin-top:4rem;background:#f2f6f7;border-top:1px solid var(--hair);font-size:.85rem;color:var(--soft)}footer>div{padding-top:1.6rem;padding-bottom:2.4rem}footer h2{font-size:1rem}footer ul{margin:0;padding-left:1.2rem}
@media (max-width:36rem){.inner,main,footer>div{padding-left:1rem;padding-right:1rem}h2{font-size:1.3rem}dl{grid-template-columns:1fr}dt{margin-top:.4rem}th,td{padding:.4rem .5rem}}
@media print{@page{margin:20mm 18mm}body{font-size:10.5pt}.cover{background:none;color:var(--ink);border-bottom:2pt solid #c9a24b}.cover nav,.skip,.contents{display:none}.eyebrow,.cover .meta{color:var(--soft)}.inner,main,footer>div{max-width:none;padding:0}h2,h3,figcaption,caption{break-after:avoid}tr,figure{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}figure svg,.plot{min-width:0}.tip,.ring,.walk{display:none}p a[data-number],td a[data-number]{text-decoration:none}footer{background:none}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}`;

/** The files of the print's fonts that a page uses, by family and weight. */
export const PAGE_FONTS = [
  { family: 'Inter', weight: 400, file: 'inter/400Regular/Inter_400Regular.ttf' },
  { family: 'Inter', weight: 600, file: 'inter/600SemiBold/Inter_600SemiBold.ttf' },
  { family: 'Inter', weight: 700, file: 'inter/700Bold/Inter_700Bold.ttf' },
  { family: 'Source Serif 4', weight: 400, file: 'source-serif-4/400Regular/SourceSerif4_400Regular.ttf' },
  { family: 'Source Serif 4', weight: 600, file: 'source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf' },
] as const;

export const fontFaces = (href: (file: string) => string): string =>
  PAGE_FONTS.map(({ family, weight, file }) => {
    const address = encodeURI(href(file)).replace(/["'()\\<>]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
    return `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url("${address}") format("truetype")}`;
  }).join('');
