package org.whisker.command;

/** What {@code whisker} ends with. */
public final class ExitCode {
  public static final int OK = 0;

  /** Something went wrong: a missing or damaged file or model, a full disk, too little memory. */
  public static final int FAILURE = 1;

  /** The command line asks for what can't be. */
  public static final int USAGE = 2;

  /** All is done, and what the command line asks to fail on was found. */
  public static final int FOUND = 3;

  /** All is done, and of what the command line asks to fail on something is not known. */
  public static final int UNDECIDED = 4;

  /** Ended by Ctrl-C, with what was done until then kept. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
