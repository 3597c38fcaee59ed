import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'client', testMatch: ['<rootDir>/src/**/*.spec.ts'] };
