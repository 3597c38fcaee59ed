import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'risk-analysis', testMatch: ['<rootDir>/src/**/*.spec.ts'] };
