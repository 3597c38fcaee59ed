/** Kazakh and Russian letters by the Latin ones that passports and registries put for them; what sounds alike is then folded. */
const LATIN: Readonly<Record<string, string>> = {
  ...{ а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'o', ж: 'j', з: 'z', и: 'i', й: 'i' },
  ...{ к: 'k', қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u' },
  ...{ ұ: 'u', ү: 'u', ф: 'f', х: 'h', һ: 'h', ц: 'c', ч: 'ch', ш: 'sh', щ: 'sh', ъ: '', ы: 'i', і: 'i', ь: '' },
  ...{ э: 'e', ю: 'iu', я: 'ia', ı: 'i', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae' },
};

/** Spellings of one sound, in this order: Zhanar and Janar, Akhmet and Ahmet, Aygul and Aigul, Qairat and Kairat, Aliyev and Aliev. */
const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/shch/g, 'sh'],
  [/zh/g, 'j'],
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/ts/g, 'c'],
  [/[yj](?=[aou])/g, 'i'],
  [/y/g, 'i'],
  [/q/g, 'k'],
  [/w/g, 'v'],
  [/(.)\1+/g, '$1'],
];

/** Forms of companies, which tell nothing of whose name it is. */
const FORMS: ReadonlySet<string> = new Set([
  'llp',
  'llc',
  'ltd',
  'limited',
  'inc',
  'too',
  'tоо',
  'ao',
  'jsc',
  'ip',
  'jshs',
  'gmbh',
  'sa',
  'ooo',
]);

/** The words of a name as they are compared, each once and sorted: another script, spelling, order or repetition gives the same. */
export function nameWords(name: string): string[] {
  const plain = name.normalize('NFC').toLowerCase();
  const latin = [...plain].map((letter) => LATIN[letter] ?? letter).join('');
  const letters = latin.normalize('NFD').replace(/\p{M}/gu, '');
  const words = letters.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !FORMS.has(word));
  return [...new Set(words.map((word) => FOLDS.reduce((w, [from, to]) => w.replace(from, to), word)))].sort();
}

/** Whether a firm is an individual entrepreneur, by its form: its name is that of a person. */
export const isEntrepreneur = (name: string): boolean =>
  /^\W*(ип|жк|ip|чп|жеке кәсіпкер|индивидуальный предприниматель|individual entrepreneur|sole trader)(?=[\s«"'.]|$)/iu.test(
    name,
  );
