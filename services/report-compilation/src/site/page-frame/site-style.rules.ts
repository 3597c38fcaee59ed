import { PAGE_STYLE } from '../../publication/render-page/page-style.rules.js';

/** The style of the report's page, and what only the site has: places, forms, tables of words, comments. */
export const SITE_STYLE = `${PAGE_STYLE}
.cover nav ul{margin:0 0 1.2rem}.cover nav.places ul{margin:1.4rem 0 0;font-weight:600}.cover nav [aria-current]{font-weight:700;text-decoration:none;border-bottom:2px solid #c9a24b}
.eyebrow a{color:inherit;text-decoration:none}.eyebrow a:hover{text-decoration:underline}main{padding-top:.4rem}main:focus{outline:none}section{margin-top:2.6rem}section section{margin-top:1.6rem}
h2,h3{text-wrap:balance}ul.list{list-style:none;margin:0;padding:0}ul.list>li{border-bottom:1px solid var(--hair);padding:1rem 0}ul.list>li:first-child{border-top:1.5px solid var(--teal)}ul.list h3{margin:0 0 .3rem;font-size:1.15rem}
.acts{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;margin:.3rem 0 0;padding:0;font:.92rem/1.6 Inter,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.words td,.words th{text-align:left;white-space:normal}.words td.hash{white-space:normal;min-width:16rem}td.n,th.n{text-align:right!important}td.n{white-space:nowrap!important}.words th:first-child{min-width:5rem}.words caption{padding:0}.words caption span{max-width:none}.whole{white-space:nowrap}section>.scroll:first-of-type{margin-top:.4rem}caption{caption-side:top}
.value{font:700 clamp(1.6rem,6vw,2.6rem)/1.2 Inter,"Segoe UI",sans-serif;color:var(--deep);margin:0 0 .2rem;overflow-wrap:anywhere}
pre{background:#f2f6f7;border-left:3px solid var(--teal);padding:.8rem 1rem;overflow-x:auto;font-size:.85rem;line-height:1.5}code{font-family:ui-monospace,monospace;font-size:.9em;overflow-wrap:anywhere}
form{background:#f2f6f7;border-top:2px solid var(--teal);padding:1rem 1.2rem 1.3rem;max-width:44rem;font:1rem/1.5 Inter,"Segoe UI",Roboto,"Noto Sans",sans-serif}form p{margin:0 0 .9rem}
label{display:block;font-weight:600}.hint{display:block;font-size:.85rem;color:var(--soft)}input,select,textarea{width:100%;max-width:100%;font:inherit;color:inherit;background:#fff;border:1.5px solid #64737c;border-radius:2px;padding:.5rem .6rem}textarea{min-height:9rem}
button{font:inherit;font-weight:600;color:#fff;background:var(--teal);border:0;border-radius:2px;padding:.6rem 1.5rem;cursor:pointer}button:hover{background:var(--deep)}input:focus-visible,select:focus-visible,textarea:focus-visible,button:focus-visible{outline:3px solid var(--gold);outline-offset:2px}
.said{white-space:pre-line;overflow-wrap:anywhere;border-left:3px solid #c9a24b;padding-left:.9rem;margin:.3rem 0}.told{background:var(--wash);border-left:4px solid var(--teal);padding:.9rem 1.1rem;margin:1rem 0}.told.refused{background:#fdf3e3;border-color:#8a6a1f}.told p:last-child{margin:0}.told h3{margin:0 0 .4rem}
.receipt{font:700 clamp(1.05rem,4.6vw,1.7rem)/1.3 ui-monospace,monospace;color:var(--deep);margin:.2rem 0;user-select:all}.units{list-style:none;padding:0;margin:0}.units li{padding:.55rem 0;border-bottom:1px solid var(--hair);overflow-wrap:anywhere}.units .note{display:block}
@media print{.cover nav,form{display:none}.scroll{overflow:visible}}`;
