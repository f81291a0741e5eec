export const libcoap = { name: 'libcoap', available: () => false, version: () => '', judge: () => [] };
export const californiumEndpoint = { name: 'californium-endpoint', available: () => false, version: () => '', judge: () => [] };
