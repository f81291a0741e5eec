/** Oracles that are not there are fetched from their registries only when asked for: `check.mjs --install`. */
export const mayInstall = () => process.argv.includes('--install');
