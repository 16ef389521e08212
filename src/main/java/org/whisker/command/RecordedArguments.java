package org.whisker.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line of an experiment as its manifest keeps it, so that the experiment can be asked
 * for again in the same words: long names, in the order they were given in, without where to write
 * and what changes no result.
 */
public final class RecordedArguments {
  /** What may differ when a job goes on: none of it changes a result. */
  private static final Set<String> FREE =
      Set.of(
          "--resume",
          "--checkpoint-every",
          "--checkpoint-seconds",
          "--fail-on",
          "--quiet",
          "--json",
          CommonOptions.VERBOSE);

  private static final String OUT = "--out";

  private RecordedArguments() {}

  public static List<String> of(ParseResult parsed) {
    List<String> arguments = new ArrayList<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      if (isFree(option) || Set.of(option.names()).contains(OUT)) {
        continue;
      }
      if (option.arity().max() == 0) {
        arguments.add(option.longestName());
      } else {
        option
            .originalStringValues()
            .forEach(value -> arguments.add(option.longestName() + "=" + value));
      }
    }
    return arguments;
  }

  /** The parameters that were given. */
  public static List<String> positionals(ParseResult parsed) {
    return parsed.matchedPositionals().stream()
        .flatMap(parameter -> parameter.originalStringValues().stream())
        .toList();
  }

  /**
   * Looks for what does not go with {@code --resume}.
   *
   * @param recorded what the experiment was begun with; may be said again
   * @throws InvalidRequestException that names an option
   */
  public static void refuseOthers(ParseResult parsed, List<String> recorded) {
    List<String> others = new ArrayList<>(of(parsed));
    others.removeAll(recorded);
    if (parsed.hasMatchedOption(OUT)) {
      others.add(OUT);
    }
    if (!others.isEmpty()) {
      throw new InvalidRequestException(
          "--resume takes everything from the folder's manifest; leave out " + others.get(0));
    }
  }

  /**
   * Fills a command's options from words that a file asks for, none of which is looked up in files.
   *
   * @throws InvalidRequestException that names the command, for options that there are not
   */
  public static void parseAsked(Object command, String name, List<String> words) {
    try {
      new CommandLine(command).setExpandAtFiles(false).parseArgs(words.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new InvalidRequestException(name + " " + FailureMessage.message(e));
    }
  }

  private static boolean isFree(OptionSpec option) {
    return List.of(option.names()).stream().anyMatch(FREE::contains);
  }
}
