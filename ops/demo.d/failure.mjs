/** What ends the demo early: its message is for the person who started it, and is all that is shown. */
export class Failure extends Error {}
