package org.whisker.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.whisker.io.AtomicFiles;
import org.whisker.option.Option;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A shell whose tab key can complete commands, options, their values and the names of models. */
public enum Shell {
  /** Completion by picocli's own script. */
  BASH("whisker.bash") {
    @Override
    public String script(CommandLine whisker) {
      String name = whisker.getCommandName();
      String script = AutoComplete.bash(name, whisker);
      String models = "($(_whisker_models))";
      return script.substring(0, script.indexOf("#\n# Installation"))
          + resource("models.bash")
          + script
              .substring(script.indexOf("if [ -n \"$BASH_VERSION\" ]"))
              .replace("(\"" + Option.MODELS + "\")", models);
    }
  },
  /** Completion by the same script, which zsh runs as bash would. */
  ZSH("_whisker") {
    @Override
    public String script(CommandLine whisker) {
      return "#compdef "
          + whisker.getCommandName()
          + "\n"
          // picocli's alias for it comes too late where this file is read as a whole
          + "functions[compopt]=:\n"
          + BASH.script(whisker)
          // the first time zsh runs this file to complete, and not to learn how
          + "[ \"${funcstack[1]}\" != _whisker ] || _bash_complete -o default -F"
          + " _complete_whisker\n";
    }
  },
  FISH("whisker.fish") {
    @Override
    public String script(CommandLine whisker) {
      return resource("whisker.fish") + FishCompletion.of(whisker);
    }
  };

  /** Reads the name that users type: picocli's own converter would list each shell twice. */
  public static final class Converter implements CommandLine.ITypeConverter<Shell> {
    @Override
    public Shell convert(String name) {
      for (Shell shell : values()) {
        if (shell.toString().equals(name)) {
          return shell;
        }
      }
      throw new CommandLine.TypeConversionException(
          "there is completion for bash, zsh and fish, not for '" + name + "'");
    }
  }

  private final String file;

  Shell(String file) {
    this.file = file;
  }

  /** The name under which the shell looks for the script. */
  public String file() {
    return file;
  }

  /**
   * Writes {@code completion/} with a script a shell.
   *
   * @param whisker the whole parser
   */
  public static void write(CommandLine whisker, Path folder) throws IOException {
    for (Shell shell : values()) {
      AtomicFiles.write(folder.resolve("completion").resolve(shell.file()), shell.script(whisker));
    }
  }

  /** The script, for the whole parser. */
  public abstract String script(CommandLine whisker);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String resource(String name) {
    try (InputStream in = Shell.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line for each command and option, as fish asks for them. */
  private static final class FishCompletion {
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
          .map(
              each -> each.startsWith("--") ? "-l " + each.substring(2) : "-s " + each.substring(1))
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
}
