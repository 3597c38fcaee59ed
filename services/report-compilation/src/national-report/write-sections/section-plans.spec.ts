import { describe, expect, it } from '@jest/globals';
import { type ReportNumber } from '../../report-model/report-model.rules.js';
import { registerOf } from '../../numbers/define-metrics/registers.js';
import { compileModel } from '../compile-report/compile-model.rules.js';
import { planOf, words } from './section-plans.js';
import { authorityOn } from './section-plan.rules.js';

const plan = planOf(2025);
const register = registerOf(2025);
const captionOf = (id: string) => {
  const block = plan.sections.flatMap(({ blocks }) => blocks).find((one) => one.id === id);
  return (block as { caption: { kk: string; ru: string; en: string } }).caption;
};

describe('the shipped plan', () => {
  it.each([
    ['reports.totals', /registered by/, /зарегистрировано/, /тіркеген орган/],
    ['reports.by-category', /not what is proven/, /не доказано/, /дәлелденбеген/],
    ['cases.totals', /handled by/, /рассмотрено/, /тексерген орган/],
    ['cases.by-outcome', /decided by a court/, /решено судом/, /сот шешкен/],
    ['cases.by-offence', /found by a court/, /признано судом/, /сот кінәлі деп таныған/],
    ['procurement.totals', /recorded by risk analysis, no guilt/, /не вина/, /кінә емес/],
  ])(
    'says of %s whose doing its numbers are: who registered an offence did not commit it (trap 3)',
    (id, en, ru, kk) => {
      const caption = captionOf(id);
      expect(caption.en).toMatch(en);
      expect(caption.ru).toMatch(ru);
      expect(caption.kk).toMatch(kk);
    },
  );

  it('stops at a code for which there are no words, and names it (R6)', () => {
    const number: ReportNumber = {
      ...{ id: 'reports.area.moon', unit: 'count', decimals: 0, value: 9, status: 'A', metric: 'reports.area' },
      ...{ metricVersion: 1, inputs: 9, inputRoot: 'ab' },
    };
    const others = ['reports.total', 'cases.opened', 'cases.decided', 'log.size', 'log.root', 'goals.total'];
    const named = [...others, 'recommendations.total', 'index.cpi.year', 'index.cpi.now', 'index.cpi.place'];
    const rest = [...named, 'index.cpi.of', 'index.cpi.target'].map((id) => ({ ...number, id, metric: id }));
    const edition = {
      ...{ nationalReportId: 'n', year: 2025, edition: 1, sealedDay: '2026-01-20', snapshot: { id: 's', events: 0 } },
      authority: authorityOn(plan, '2026-01-20'),
    } as unknown as Parameters<typeof compileModel>[0]['edition'];
    expect(() => compileModel({ plan, register, words, edition, texts: new Map() }, [...rest, number])).toThrow(
      expect.objectContaining({ code: 'missing_translation', details: { field: 'area.moon' } }),
    );
  });
});
