import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'local', testMatch: ['<rootDir>/src/**/*.spec.ts'] };
