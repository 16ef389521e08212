package org.whisker.cli;

/** What {@code whisker} ends with. */
final class ExitCode {
  static final int OK = 0;

  /** Something went wrong: a damaged file, a full disk, too little memory. */
  static final int FAILURE = 1;

  /** The command line asks for what can't be. */
  static final int USAGE = 2;

  /** Ended by Ctrl-C, with what was done until then kept. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
