package org.whisker.cli.manual;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.whisker.option.Option;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A line for each command and option, as fish asks for them. */
final class FishCompletion {
  private final StringBuilder lines = new StringBuilder();
  private final String name;

  private FishCompletion(String name) {
    this.name = name;
  }

  static String of(CommandLine whisker) {
    FishCompletion completion = new FishCompletion(whisker.getCommandName());
    completion.add(whisker, List.of());
    return completion.lines.toString();
  }

  private void add(CommandLine command, List<String> path) {
    CommandSpec spec = command.getCommandSpec();
    Map<String, CommandLine> below = new TreeMap<>(command.getSubcommands());
    String here = here(path, below.keySet());
    below.forEach(
        (word, each) ->
            line(here, "-f -a " + word, HelpText.first(description(each.getCommandSpec()))));
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        line(here, names(option) + values(option), HelpText.first(List.of(option.description())));
      }
    }
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      if (parameter.completionCandidates() != null) {
        line(here, "-a " + quoted(candidates(parameter)), "");
      }
    }
    below.forEach(
        (word, each) -> {
          List<String> longer = new ArrayList<>(path);
          longer.add(word);
          add(each, longer);
        });
  }

  private static List<String> description(CommandSpec spec) {
    return List.of(spec.usageMessage().description());
  }

  private static String here(List<String> path, Collection<String> below) {
    return "__whisker_in " + String.join(" ", path) + " -- " + String.join(" ", below);
  }

  private void line(String here, String what, String description) {
    lines.append("complete -c ").append(name).append(" -n ").append(quoted(here)).append(' ');
    lines.append(what);
    if (!description.isEmpty()) {
      lines.append(" -d ").append(quoted(description));
    }
    lines.append('\n');
  }

  private static String names(OptionSpec option) {
    return List.of(option.names()).stream()
        .map(each -> each.startsWith("--") ? "-l " + each.substring(2) : "-s " + each.substring(1))
        .collect(Collectors.joining(" "));
  }

  /** Whether it takes a value, and which there are. */
  private static String values(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    return option.completionCandidates() == null ? " -r" : " -x -a " + quoted(candidates(option));
  }

  private static String candidates(ArgSpec argument) {
    String words =
        StreamSupport.stream(argument.completionCandidates().spliterator(), false)
            .collect(Collectors.joining(" "));
    return words.equals(Option.MODELS) ? "(__whisker_models)" : words;
  }

  private static String quoted(String text) {
    return "'" + text.strip().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
