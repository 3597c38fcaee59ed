/**
 * One edition of the National Report as every renderer sees it: page, PDF, tables of open data and the verifier are all made of
 * this and of nothing else, so that no number can differ between them. It is plain JSON and holds no number outside `numbers`.
 */
export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
/** The same text in each language of the report. */
export type Localised = Readonly<Record<Language, string>>;

/** `share` is a part of one (0.33 is shown as 33.0 %); `code` is a word of a list, or a hash. */
export type NumberUnit = 'count' | 'tiyn' | 'share' | 'score' | 'rank' | 'year' | 'code';

/**
 * `A` told; `S` withheld since few stand behind it; `C` withheld so that no `S` can be computed; `M` not known, which is never
 * shown as zero. An edition tells `S` for both that are withheld, or the smaller one could be found out.
 */
export type NumberStatus = 'A' | 'S' | 'C' | 'M';

/** A number of the report with what proves it. Its id never changes its meaning from edition to edition. */
export interface ReportNumber {
  readonly id: string;
  readonly unit: NumberUnit;
  /** Digits after the decimal point that are shown: of tenge for `tiyn`, of percent for `share`. */
  readonly decimals: number;
  /** Null where `status` is not `A`. */
  readonly value: number | string | null;
  readonly status: NumberStatus;
  /** The word for a value of unit `code`; absent where the code is shown as it is. */
  readonly says?: Localised;
  readonly metric: string;
  readonly metricVersion: number;
  /** How many events it was computed from, and the Merkle root over their salted leaves (hexadecimal). */
  readonly inputs: number;
  readonly inputRoot: string;
}

export interface TextBlock {
  readonly kind: 'text';
  readonly id: string;
  /** Numbers stand in it as `{{metric:<number id>}}` only. */
  readonly text: Localised;
}

export interface TableRow {
  readonly label: Localised;
  /** Ids of numbers, one for each column after the first; null is a cell that does not exist (not a missing value). */
  readonly cells: readonly (string | null)[];
}

/** Where a series over years is of another body than before: two years on its sides are not compared without its note. */
export interface SeriesBreak {
  /** The row or point, from 0, before which it stands. */
  readonly before: number;
  readonly day: string;
  readonly note: Localised;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly id: string;
  readonly caption: Localised;
  /** The first column names the rows. Headers carry the role word (registered by, decided against), see domain notes 1.3. */
  readonly columns: readonly Localised[];
  readonly rows: readonly TableRow[];
  readonly breaks?: readonly SeriesBreak[];
  readonly note?: Localised;
}

export interface ChartPoint {
  /** Of the axis: a year or the name of a month or a group. */
  readonly label: Localised;
  readonly number: string;
  /** The ends of the 90 % band; absent where the error is not known, and then no band is drawn. */
  readonly low?: string;
  readonly high?: string;
}

export interface ChartBlock {
  readonly kind: 'chart';
  readonly id: string;
  /** `line`: a series with its band and gaps; `bars`: one bar a group. */
  readonly chart: 'line' | 'bars';
  readonly title: Localised;
  /** Name of the value axis. */
  readonly axis: Localised;
  readonly points: readonly ChartPoint[];
  readonly breaks?: readonly SeriesBreak[];
  readonly note?: Localised;
}

export type Block = TextBlock | TableBlock | ChartBlock;

export interface ReportSection {
  readonly id: string;
  readonly title: Localised;
  /** The body that answers for the section. */
  readonly owner: Localised;
  readonly legalBasis?: Localised;
  readonly blocks: readonly Block[];
}

export interface PartitionSeal {
  readonly topic: string;
  readonly partition: number;
  /** The first offset that is not part of the edition. */
  readonly endOffset: number;
  readonly count: number;
  readonly root: string;
}

export interface ReportModel {
  readonly schema: 'aiqyn/national-report/1';
  readonly nationalReportId: string;
  readonly year: number;
  /** 1 is the first print of a year; a correction is the next number. */
  readonly edition: number;
  /** The day on which the input was sealed, Asia/Almaty; the only date that a build may print. */
  readonly sealedDay: string;
  readonly title: Localised;
  /** The body that publishes. */
  readonly authority: Localised;
  readonly snapshot: {
    readonly id: string;
    readonly events: number;
    readonly root: string;
    readonly partitions: readonly PartitionSeal[];
  };
  /** The manifest of the edition before (sha256, hexadecimal), of which this one is the next link. */
  readonly previous?: { readonly year: number; readonly edition: number; readonly manifestSha256: string };
  readonly sections: readonly ReportSection[];
  readonly numbers: Readonly<Record<string, ReportNumber>>;
  /** Attributions and licences of data of others. */
  readonly sources: readonly Localised[];
}
