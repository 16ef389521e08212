package org.whisker.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.whisker.cli.manual.Shell;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.job.Provenance;
import org.whisker.value.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
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
      "  whisker score --model vgg16-mini a.jpg  p(target) of a picture",
      "  whisker play                            paint, and see p(target) follow",
      "  whisker COMMAND --help                  a command's options and examples"
    })
final class RootCommand implements Callable<Integer> {
  /** What somebody who types the name alone wants. */
  private static final List<String> NEXT =
      List.of(
          "whisker explains why an image classifier sees a cat in a handful of black pixels.",
          "",
          "  whisker play                              paint an image, and see p(target) follow",
          "  whisker explain                           a report on two small classifiers, in"
              + " minutes",
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
      return new String[] {"whisker " + Provenance.whiskerVersion()};
    }
  }

  /** {@code whisker completion}: the tab key. */
  @Command(
      name = "completion",
      description = {
        "Prints a script with which a shell completes commands, options and names of models.",
        "A release has the same scripts in completion/."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples:",
        "  source <(whisker completion bash)     in ~/.bashrc",
        "  source <(whisker completion zsh)      in ~/.zshrc"
      })
  static final class CompletionCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(
        paramLabel = "SHELL",
        description = "bash or zsh.",
        converter = Shell.Converter.class)
    private Shell shell = Shell.BASH;

    CompletionCommand(Environment environment) {
      this.environment = environment;
    }

    @Override
    public Integer call() {
      environment.out().print(shell.script(Main.parser(environment)));
      return ExitCode.OK;
    }
  }

  /** {@code whisker cite}: how to cite this version. */
  @Command(
      name = "cite",
      description = {
        "Prints a BibTeX entry for this version of whisker.",
        "The methods that it uses have references of their own: see docs/methods.md, and whisker"
            + " saliency --method list."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  whisker cite >> paper.bib"})
  static final class CiteCommand implements Callable<Integer> {
    /** Year in which the version in pom.xml was begun. */
    private static final int YEAR = 2026;

    private final Environment environment;

    CiteCommand(Environment environment) {
      this.environment = environment;
    }

    @Override
    public Integer call() {
      environment
          .out()
          .print(
              Text.of(
                  """
                  @software{whisker,
                    title = {whisker: why an image classifier sees a cat in a handful of black pixels},
                    author = {{The whisker authors}},
                    year = {%d},
                    version = {%s},
                    license = {Apache-2.0}
                  }
                  """,
                  YEAR, Provenance.whiskerVersion()));
      return ExitCode.OK;
    }
  }
}
