package org.whisker.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.whisker.io.AtomicFiles;
import org.whisker.option.Option;
import picocli.AutoComplete;
import picocli.CommandLine;

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
          "there is completion for bash and zsh, not for '" + name + "'");
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
}
