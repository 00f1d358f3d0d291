/** Whether an IP address leads to somebody in its own network only (RFC 1122, 1918, 3927, 6598; 4193, 4291). Of a name nothing is known. */
export const isOfOwnNetwork = (host: string): boolean => v4.test(host) || v6.test(host)

const v4 = /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))(\.\d+){1,3}$/
const v6 = /^(::1?$|f[cd][\da-f]{2}:|fe[89ab][\da-f]:)/i
