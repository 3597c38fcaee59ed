import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'backup', testMatch: ['<rootDir>/src/**/*.spec.ts'] };
