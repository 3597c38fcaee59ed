import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'reporting', testMatch: ['<rootDir>/src/**/*.spec.ts'] };
