package org.whisker.cli.manual;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** All commands and options as JSON, of which the Python package makes its functions. */
final class CommandsJson {
  private CommandsJson() {}

  /** The JSON, for the whole parser: a command by its words, such as {@code boundary margins}. */
  static String of(CommandLine whisker) {
    Map<String, Object> commands = new LinkedHashMap<>();
    add(whisker, "", commands);
    try {
      return JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(commands)
              .replace("\r\n", "\n")
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a description that JSON can't hold", e);
    }
  }

  private static void add(CommandLine above, String words, Map<String, Object> commands) {
    above
        .getSubcommands()
        .forEach(
            (name, command) -> {
              String own = words + name;
              if (command.getSubcommands().isEmpty()) {
                commands.put(own, command(command.getCommandSpec()));
              }
              add(command, own + " ", commands);
            });
  }

  private static Map<String, Object> command(CommandSpec spec) {
    List<Object> arguments = new ArrayList<>();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      arguments.add(argument(parameter.paramLabel(), parameter));
    }
    List<Object> options = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
        options.add(argument(option.longestName(), option));
      }
    }
    Map<String, Object> command = new LinkedHashMap<>();
    command.put("help", text(spec.usageMessage().description()));
    command.put("arguments", arguments);
    command.put("options", options);
    return command;
  }

  /**
   * @param name what it is called: of an option, its longest name
   */
  private static Map<String, Object> argument(String name, ArgSpec spec) {
    Map<String, Object> argument = new LinkedHashMap<>();
    argument.put("name", name);
    argument.put("value", spec.arity().max() == 0 ? "" : spec.paramLabel());
    argument.put("type", type(spec));
    argument.put("many", spec.isMultiValue());
    argument.put("required", spec.required());
    argument.put("help", text(spec.description()));
    return argument;
  }

  /** What one value is: bool, int, float, path or text. */
  private static String type(ArgSpec spec) {
    Class<?> word = spec.auxiliaryTypes()[0];
    if (spec.arity().max() == 0) {
      return "bool";
    }
    if (word == Path.class) {
      return "path";
    }
    if (List.of(int.class, Integer.class, long.class, Long.class).contains(word)) {
      return "int";
    }
    return List.of(float.class, Float.class, double.class, Double.class).contains(word)
        ? "float"
        : "text";
  }

  private static String text(String[] description) {
    return HelpText.plain(String.join(" ", description)).replaceAll("\\s+", " ").strip();
  }
}
