import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'compose', testMatch: ['<rootDir>/src/**/*.spec.ts'] };
