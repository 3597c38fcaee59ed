/** Injection tokens for what has no class of its own. */
export const CONFIG = 'aiqyn:config';
export const SERVICE = 'aiqyn:service';
export const LOGGER = 'aiqyn:logger';
