/** "0x1234…abcd" of a long hexadecimal word. */
export const short = (hex: string) => (hex.length > 16 ? `${hex.slice(0, 8)}…${hex.slice(-6)}` : hex);
