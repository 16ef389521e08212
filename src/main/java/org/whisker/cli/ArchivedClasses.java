package org.whisker.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.whisker.command.Environment;
import org.whisker.feature.FolderCharts;
import picocli.CommandLine;

/**
 * Loads what the launcher keeps of classes: those of a command line, which is run, and those of
 * every command's help.
 */
final class ArchivedClasses {
  private ArchivedClasses() {}

  public static void main(String[] args) {
    Environment environment = Environment.system(new FolderCharts());
    int exitCode = Main.run(args, environment);
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      help(Main.parser(environment), nowhere);
    }
    System.exit(exitCode);
  }

  static void help(CommandLine command, PrintStream out) {
    command.usage(out);
    command.getSubcommands().values().forEach(each -> help(each, out));
  }
}
