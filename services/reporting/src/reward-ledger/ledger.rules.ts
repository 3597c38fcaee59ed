/** The accounts of the rewards; amounts are hundredths of the currency. */
export const ACCOUNTS = ['reward-expense', 'rewards-payable', 'treasury', 'recoverable'] as const;
export type Account = (typeof ACCOUNTS)[number];

export const MOVEMENTS = ['accrual', 'payment', 'lapse', 'decline', 'reversal'] as const;
export type Movement = (typeof MOVEMENTS)[number];

export interface Line {
  readonly account: Account;
  readonly side: 'debit' | 'credit';
  readonly amount: number;
}

/** Which account each movement of money charges, and which it relieves. */
const POSTINGS: Readonly<Record<Movement, { debit: Account; credit: Account }>> = {
  accrual: { debit: 'reward-expense', credit: 'rewards-payable' },
  payment: { debit: 'rewards-payable', credit: 'treasury' },
  lapse: { debit: 'rewards-payable', credit: 'reward-expense' },
  decline: { debit: 'rewards-payable', credit: 'reward-expense' },
  // Paid money stays paid until it comes back: what was an expense becomes a claim.
  reversal: { debit: 'recoverable', credit: 'reward-expense' },
};

export interface LedgerEntry {
  readonly caseId: string;
  readonly reportId: string;
  readonly movement: Movement;
  readonly day: string;
  readonly policy: string;
  readonly currency: string;
  readonly lines: readonly Line[];
}

/** The balanced entry of a movement; its facts come from the reward. */
export function entryOf(
  movement: Movement,
  amount: number,
  facts: Omit<LedgerEntry, 'movement' | 'lines'>,
): LedgerEntry {
  const { debit, credit } = POSTINGS[movement];
  return {
    ...facts,
    movement,
    lines: [
      { account: debit, side: 'debit', amount },
      { account: credit, side: 'credit', amount },
    ],
  };
}

export interface Balance {
  readonly currency: string;
  /** Debits less credits of each account. */
  readonly accounts: Readonly<Record<Account, number>>;
  /** The sum of all accounts: zero, or the ledger is wrong. */
  readonly difference: number;
}

export interface LineSum {
  readonly currency: string;
  readonly account: Account;
  readonly side: 'debit' | 'credit';
  readonly amount: number;
}

/** The trial balance of sums of lines, one a currency. */
export function trialBalance(sums: Iterable<LineSum>): Balance[] {
  const byCurrency = new Map<string, Record<Account, number>>();
  for (const { currency, account, side, amount } of sums) {
    const accounts =
      byCurrency.get(currency) ?? (Object.fromEntries(ACCOUNTS.map((a) => [a, 0])) as Record<Account, number>);
    accounts[account] += side === 'debit' ? amount : -amount;
    byCurrency.set(currency, accounts);
  }
  return [...byCurrency].map(([currency, accounts]) => ({
    currency,
    accounts,
    difference: Object.values(accounts).reduce((a, b) => a + b, 0),
  }));
}
