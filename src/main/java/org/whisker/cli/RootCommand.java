package org.whisker.cli;

import org.whisker.study.WhiskerVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command, which only holds the others. */
@Command(
    name = "whisker",
    description = "Explains why an image classifier sees a cat in a handful of black pixels.",
    versionProvider = RootCommand.Version.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit code: 0 done, 1 failure (also a missing file or model), 2 wrong usage,",
      "130 ended by Ctrl-C.",
      "",
      "Examples:",
      "  whisker explain                         report on two small classifiers",
      "  whisker evolve --model vgg16-mini       evolve three cats",
      "  whisker score --model vgg16-mini a.jpg  p(cat) of a picture",
      "  whisker play                            paint, and see p(cat) follow",
      "  whisker COMMAND --help                  a command's options and examples"
    })
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }

  /** The version that the manifest of the jar holds. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"whisker " + WhiskerVersion.get()};
    }
  }
}
