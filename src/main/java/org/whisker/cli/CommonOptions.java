package org.whisker.cli;

import picocli.CommandLine.Option;

/** How much is said. Mixed into every command. */
final class CommonOptions {
  static final String VERBOSE = "--verbose";

  @Option(names = "--quiet", description = "Show no progress and no notes, only errors.")
  private boolean quiet;

  @Option(names = VERBOSE, description = "Say more; show the stack trace of an error.")
  private boolean verbose;

  boolean quiet() {
    return quiet;
  }

  boolean verbose() {
    return verbose;
  }
}
