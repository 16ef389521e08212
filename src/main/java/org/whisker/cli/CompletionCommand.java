package org.whisker.cli;

import java.util.concurrent.Callable;
import org.whisker.cli.manual.Shell;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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
      "  source <(whisker completion zsh)      in ~/.zshrc",
      "  whisker completion fish | source      in ~/.config/fish/config.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      paramLabel = "SHELL",
      description = "bash, zsh or fish.",
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
