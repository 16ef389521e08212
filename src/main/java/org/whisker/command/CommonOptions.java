package org.whisker.command;

import picocli.CommandLine.Option;

/** How much is said. Mixed into every command. */
public final class CommonOptions {
  public static final String VERBOSE = "--verbose";

  @Option(names = "--quiet", description = "Show no progress and no notes, only errors.")
  private boolean quiet;

  @Option(names = VERBOSE, description = "Say more; show the stack trace of an error.")
  private boolean verbose;

  public boolean quiet() {
    return quiet;
  }

  public boolean verbose() {
    return verbose;
  }
}
