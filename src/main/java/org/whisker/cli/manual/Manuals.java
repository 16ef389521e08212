package org.whisker.cli.manual;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.whisker.io.AtomicFiles;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes what a release brings beside the program. */
public final class Manuals {
  private Manuals() {}

  /**
   * Writes {@code completion/} with a script a shell, and {@code man/man1/} with a page a command.
   *
   * @param whisker the whole parser
   */
  public static void write(CommandLine whisker, String version, Path folder) throws IOException {
    for (Shell shell : Shell.values()) {
      AtomicFiles.write(folder.resolve("completion").resolve(shell.file()), shell.script(whisker));
    }
    pages(whisker, version, folder.resolve("man/man1"));
  }

  private static void pages(CommandLine command, String version, Path folder) throws IOException {
    Path page = folder.resolve(ManPage.name(command) + ".1");
    AtomicFiles.write(page, ManPage.of(command, version));
    for (CommandLine each : command.getSubcommands().values()) {
      pages(each, version, folder);
    }
  }

  /** The manual page of a command, in the language of {@code man}. */
  static final class ManPage {
    private final StringBuilder page = new StringBuilder();
    private final CommandLine command;
    private final CommandSpec spec;

    private ManPage(CommandLine command) {
      this.command = command;
      this.spec = command.getCommandSpec();
    }

    /** The name of the page: {@code whisker-boundary-margins}. */
    static String name(CommandLine command) {
      return command.getCommandSpec().qualifiedName("-");
    }

    /**
     * The page.
     *
     * @param version the version of whisker, shown at its foot
     */
    static String of(CommandLine command, String version) {
      ManPage page = new ManPage(command);
      page.head(version);
      page.description();
      page.arguments();
      page.commands();
      page.footer();
      return page.page.toString();
    }

    private void head(String version) {
      String title = name(command).toUpperCase(Locale.ROOT);
      page.append(
          ".TH \"%s\" 1 \"\" \"whisker %s\" \"whisker\"\n.ad l\n".formatted(title, version));
      section("NAME");
      text(name(command) + " - " + HelpText.first(List.of(spec.usageMessage().description())));
      section("SYNOPSIS");
      page.append(".nf\n");
      text(new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0).stripTrailing());
      page.append(".fi\n");
    }

    private void section(String title) {
      page.append(".SH ").append(title).append('\n');
    }

    private void text(String plain) {
      plain.lines().forEach(line -> page.append(escaped(line)).append('\n'));
    }

    /** A line of text that nothing in is taken for a request or an escape. */
    static String escaped(String line) {
      String safe = line.replace("\\", "\\e").replace("-", "\\-");
      return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }

    private void description() {
      section("DESCRIPTION");
      for (String paragraph : spec.usageMessage().description()) {
        text(HelpText.plain(paragraph));
        page.append(".PP\n");
      }
    }

    private void arguments() {
      section("OPTIONS");
      for (PositionalParamSpec parameter : spec.positionalParameters()) {
        tagged(parameter.paramLabel(), parameter.description());
      }
      for (OptionSpec option : spec.options()) {
        if (!option.hidden()) {
          String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
          tagged(String.join(", ", option.names()) + value, option.description());
        }
      }
    }

    private void tagged(String tag, String[] description) {
      page.append(".TP\n.B ").append(escaped(tag)).append('\n');
      text(HelpText.plain(String.join("\n", description)));
    }

    private void commands() {
      Map<String, CommandLine> below = new TreeMap<>(command.getSubcommands());
      if (below.isEmpty()) {
        return;
      }
      section("COMMANDS");
      for (CommandLine each : below.values()) {
        tagged(name(each) + "(1)", each.getCommandSpec().usageMessage().description());
      }
    }

    private void footer() {
      section("NOTES");
      page.append(".nf\n");
      for (String line : spec.usageMessage().footer()) {
        text(line.isEmpty() ? " " : HelpText.plain(line));
      }
      page.append(".fi\n");
    }
  }
}
