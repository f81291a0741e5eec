export const tshark = { name: 'tshark', available: () => false, version: () => '', judge: () => [] };
