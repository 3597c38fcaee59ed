import { isDay, RuleError } from '@aiqyn/contracts';
import { NOTICE_KINDS, type NoticeKind } from './notice-kinds.rules.js';

/** How far a notice got: nobody sends mail here, it waits, it was handed to the mail server, or it is given up. */
export const DELIVERIES = ['off', 'pending', 'sent', 'failed'] as const;
export type Delivery = (typeof DELIVERIES)[number];

export interface AddressPack {
  readonly id: string;
  readonly byPosition: Readonly<Record<string, string>>;
  readonly byOrganisation: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface DeliveryPack {
  readonly id: string;
  /** Minutes before the second, third, … try. */
  readonly retryMinutes: readonly number[];
}

const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Texts = Readonly<Record<NoticeKind, Readonly<Record<(typeof LANGUAGES)[number], string>>>>;

function dated<P extends object>(raw: unknown, what: string, need: (pack: P, no: (field: string) => never) => void): P {
  const pack = raw as P & { id: unknown; source: unknown; checked: unknown; effectiveFrom: unknown };
  const no = (field: string): never => {
    throw new RuleError('bad_policy', `${what}: ${field} is missing or wrong`, { field });
  };
  if (typeof pack?.id !== 'string') no('id');
  if (!isDay(String(pack.effectiveFrom))) no('effectiveFrom');
  if (typeof pack.source !== 'string') no('source');
  if (typeof pack.checked !== 'boolean') no('checked');
  need(pack, no);
  return pack;
}

/** Reads the addresses; throws RuleError `bad_policy` naming the field. */
export const addressPack = (raw: unknown): AddressPack =>
  dated<AddressPack>(raw, 'notice addresses', (pack, no) => {
    const holds = (list: unknown): boolean =>
      typeof list === 'object' &&
      list !== null &&
      Object.values(list).every((one) => /^[^\s@<>,]+@[^\s@<>,]+$/.test(String(one)));
    if (!holds(pack.byPosition)) no('byPosition');
    if (typeof pack.byOrganisation !== 'object' || !Object.values(pack.byOrganisation ?? []).every(holds))
      no('byOrganisation');
  });

/** Reads the pauses between tries; throws RuleError `bad_policy` naming the field. */
export const deliveryPack = (raw: unknown): DeliveryPack =>
  dated<DeliveryPack>(raw, 'notice delivery', (pack, no) => {
    const minutes = pack.retryMinutes;
    if (!Array.isArray(minutes) || !minutes.every((one: unknown) => Number.isInteger(one) && (one as number) > 0))
      no('retryMinutes');
  });

/** Reads the texts; throws RuleError `bad_policy` naming the kind and language that is missing. */
export function noticeTexts(raw: unknown): Texts {
  for (const kind of NOTICE_KINDS)
    for (const language of LANGUAGES)
      if (!(raw as Texts)?.[kind]?.[language])
        throw new RuleError('bad_policy', `notice texts: ${kind}.${language} is missing`, {
          field: `${kind}.${language}`,
        });
  return raw as Texts;
}

/** Where a position reads its mail: that of the organisation first. */
export const addressOf = (pack: AddressPack, position: string, organisationBin?: string): string | undefined =>
  (organisationBin === undefined ? undefined : pack.byOrganisation[organisationBin]?.[position]) ??
  pack.byPosition[position];

/** What a try came to: the reason is a code of the mail server or client. */
export type Tried =
  { readonly sent: true } | { readonly sent: false; readonly reason: string; readonly forGood: boolean };

export interface Next {
  readonly delivery: Delivery;
  readonly attempts: number;
  readonly reason?: string;
  /** Minutes until the next try. */
  readonly again?: number;
}

/** What follows from a try: sent, tried again after a pause, or given up. */
export function afterTry(pack: DeliveryPack, attempts: number, tried: Tried): Next {
  const made = attempts + 1;
  if (tried.sent) return { delivery: 'sent', attempts: made };
  const again = pack.retryMinutes[made - 1];
  const { reason, forGood } = tried;
  return forGood || again === undefined
    ? { delivery: 'failed', attempts: made, reason }
    : { delivery: 'pending', attempts: made, reason, again };
}
