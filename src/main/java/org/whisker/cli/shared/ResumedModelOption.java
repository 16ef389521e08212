package org.whisker.cli.shared;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which classifier, where {@code --resume} needs none. */
public final class ResumedModelOption {
  private static final String MODEL = "--model";
  private static final String NAME = "NAME";

  @Option(
      names = MODEL,
      paramLabel = NAME,
      description = "The classifier: the name of a folder in models/, or the path of one.")
  private @Nullable String model;

  /** What was asked for, a name or a path; otherwise the option is noted as missing. */
  public String name(MissingArguments missing) {
    return missing.option(MODEL + "=" + NAME, model);
  }
}
