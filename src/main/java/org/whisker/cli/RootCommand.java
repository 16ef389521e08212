package org.whisker.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.whisker.command.ExitCode;
import org.whisker.job.Provenance.WhiskerVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
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
final class RootCommand implements Callable<Integer> {
  /** What somebody who types the name alone wants. */
  private static final List<String> NEXT =
      List.of(
          "whisker explains why an image classifier sees a cat in a handful of black pixels.",
          "",
          "  whisker play                              paint an image, and see p(cat) follow",
          "  whisker explain                           a report on two small classifiers, in minutes",
          "  whisker models import cats.onnx --help    bring a classifier of your own",
          "",
          "All commands: 'whisker --help'; one of them: 'whisker COMMAND --help'");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    NEXT.forEach(spec.commandLine().getErr()::println);
    return ExitCode.USAGE;
  }

  /** The version that the manifest of the jar holds. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"whisker " + WhiskerVersion.get()};
    }
  }
}
