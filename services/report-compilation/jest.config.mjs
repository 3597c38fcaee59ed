import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'report-compilation', testMatch: ['<rootDir>/src/**/*.spec.ts'] };
