import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'compliance', testMatch: ['<rootDir>/src/**/*.spec.ts'] };
