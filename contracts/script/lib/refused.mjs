/** Something the person who called must mend: its message says what, and is all that is shown. */
export class Refused extends Error {}
