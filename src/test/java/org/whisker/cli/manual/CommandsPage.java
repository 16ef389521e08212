package org.whisker.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One page on all commands and options, in Markdown. */
final class CommandsPage {
  private static final String INTRODUCTION =
      """
      # Commands

      Every command with every option, as `./whisker COMMAND --help` prints them. This page is made from the
      same descriptions. What to do with them is in [How to …](how-to.md).

      """;

  private final StringBuilder page = new StringBuilder(INTRODUCTION);

  private CommandsPage() {}

  /** The page, for the whole parser. */
  static String of(CommandLine whisker) {
    CommandsPage page = new CommandsPage();
    List<CommandLine> commands = below(whisker);
    commands.forEach(page::entry);
    commands.forEach(page::section);
    return page.page.toString();
  }

  /** All commands below this one, each before its own sub-commands, in the order of the help. */
  private static List<CommandLine> below(CommandLine command) {
    List<CommandLine> all = new ArrayList<>();
    for (CommandLine each : command.getSubcommands().values()) {
      all.add(each);
      all.addAll(below(each));
    }
    return all;
  }

  /** A line of the table of contents. */
  private void entry(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String name = spec.qualifiedName(" ");
    boolean deeper = spec.parent() != null && spec.parent().parent() != null;
    page.append(deeper ? "  - " : "- ");
    page.append("[`%s`](#%s)".formatted(name, name.replace(' ', '-').toLowerCase(Locale.ROOT)));
    String what = HelpText.first(List.of(spec.usageMessage().description()));
    page.append(what.isEmpty() ? "\n" : ": " + escaped(what) + "\n");
  }

  private void section(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    page.append("\n## ").append(spec.qualifiedName(" ")).append('\n');
    for (String paragraph : spec.usageMessage().description()) {
      page.append(escaped(HelpText.plain(paragraph)).strip()).append("\n\n");
    }
    block(new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0).stripTrailing());
    arguments(spec);
    String footer = HelpText.plain(String.join("\n", spec.usageMessage().footer())).strip();
    if (!footer.isEmpty()) {
      page.append('\n');
      block(footer);
    }
  }

  private void block(String text) {
    page.append("```\n").append(text).append("\n```\n");
  }

  private void arguments(CommandSpec spec) {
    List<OptionSpec> options =
        spec.options().stream()
            .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
            .toList();
    if (options.isEmpty() && spec.positionalParameters().isEmpty()) {
      return;
    }
    page.append("\n| argument | meaning |\n|---|---|\n");
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      row("`" + parameter.paramLabel() + "`", parameter.description());
    }
    for (OptionSpec option : options) {
      row(names(option), option.description());
    }
  }

  private static String names(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
    return List.of(option.names()).stream()
        .map(name -> "`" + name + (name.startsWith("--") ? value : "") + "`")
        .collect(Collectors.joining(", "));
  }

  private void row(String argument, String[] description) {
    String meaning = HelpText.plain(String.join(" ", description)).replaceAll("\\s+", " ").strip();
    page.append("| %s | %s |\n".formatted(argument.replace("|", "\\|"), escaped(meaning)));
  }

  /** Text in which nothing is taken for markup. */
  static String escaped(String text) {
    return text.replaceAll("[\\\\*_<>|`\\[\\]#]", "\\\\$0");
  }
}
