import preset from '../jest.preset.mjs';

export default { ...preset, displayName: 'test', testMatch: ['<rootDir>/**/*.spec.ts'] };
