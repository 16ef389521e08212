package org.whisker.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.OptionValue;
import org.whisker.option.Options;
import org.whisker.value.IoFunction;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * The options of a record as picocli's, and the record that was typed.
 *
 * @param <C> the record
 */
public final class RecordOptions<C extends Record> {
  private static final String DEFAULT = "${DEFAULT-VALUE}";

  private final Options<C> options;
  private final boolean mayGoOn;
  private final Map<OptionValue, ArgSpec> specs = new LinkedHashMap<>();

  private RecordOptions(Options<C> options, boolean mayGoOn) {
    this.options = options;
    this.mayGoOn = mayGoOn;
    List<OptionValue> needed = options.needed();
    options.values().forEach(value -> specs.put(value, spec(value, needed.contains(value))));
  }

  /** What is needed must be typed. */
  public static <C extends Record> RecordOptions<C> of(Class<C> type) {
    return new RecordOptions<>(Options.of(type), false);
  }

  /**
   * What is needed must be typed once {@link #read} asks for it: for jobs that can be gone on with.
   */
  public static <C extends Record> RecordOptions<C> once(Class<C> type) {
    return new RecordOptions<>(Options.of(type), true);
  }

  private ArgSpec spec(OptionValue value, boolean needed) {
    return value.isParameter() ? parameter(value, needed) : option(value, needed);
  }

  private OptionSpec option(OptionValue value, boolean needed) {
    OptionSpec.Builder spec =
        OptionSpec.builder(value.declared().names())
            .type(type(value))
            .auxiliaryTypes(value.wordType())
            .splitRegex(value.declared().split())
            .description(help(value))
            .required(needed && !mayGoOn);
    if (value.isSwitch()) {
      return spec.arity("0").build();
    }
    String arity = value.declared().arity();
    if (!arity.isEmpty()) {
      spec.arity(arity).hideParamSyntax(!arity.contains("."));
    }
    if (!value.declared().fallback().isEmpty()) {
      spec.fallbackValue(value.declared().fallback());
    }
    if (value.declared().candidates().length > 0) {
      spec.completionCandidates(List.of(value.declared().candidates()));
    }
    return spec.paramLabel(value.declared().label()).build();
  }

  private PositionalParamSpec parameter(OptionValue value, boolean needed) {
    String least = needed && !mayGoOn ? "1" : "0";
    String most = value.isMany() ? "..*" : least.equals("0") ? "..1" : "";
    PositionalParamSpec.Builder spec = PositionalParamSpec.builder();
    if (value.declared().candidates().length > 0) {
      spec.completionCandidates(List.of(value.declared().candidates()));
    }
    return spec.type(type(value))
        .auxiliaryTypes(value.wordType())
        .arity(least + most)
        .required(needed && !mayGoOn)
        .paramLabel(value.declared().label())
        .description(help(value))
        .build();
  }

  private static Class<?> type(OptionValue value) {
    return value.isMany() || value.declared().joined() ? List.class : value.wordType();
  }

  /** What is declared, and the default after it unless the text says what that is. */
  private static String[] help(OptionValue value) {
    String[] help = value.declared().help().clone();
    String usual = String.join("", value.declared().defaultValue());
    int last = help.length - 1;
    if (!usual.isEmpty() && !String.join(" ", help).contains("Default: ")) {
      help[last] += " Default: " + DEFAULT + ".";
    }
    return Arrays.stream(help).map(line -> line.replace(DEFAULT, usual)).toArray(String[]::new);
  }

  /** Options and parameters, in the order of the record's components. */
  public Collection<ArgSpec> specs() {
    return specs.values();
  }

  /**
   * What was typed.
   *
   * @param command the command that took the words apart
   * @param missing what to say of needed options that are missing
   * @throws ParameterException where some are
   * @throws InvalidRequestException for what can't be
   */
  public C read(CommandLine command, Function<List<OptionValue>, String> missing) {
    requireNeeded(command, missing);
    return named(c -> c);
  }

  /**
   * What is made of what was typed.
   *
   * @throws ParameterException where something needed is missing
   * @throws InvalidRequestException for what can't be; it names the option
   * @throws IOException when an input that it names can't be read
   */
  public <X> X read(
      CommandLine command, Function<List<OptionValue>, String> missing, IoFunction<C, X> made)
      throws IOException {
    requireNeeded(command, missing);
    List<IOException> failed = new ArrayList<>();
    List<X> result = new ArrayList<>();
    named(
        config -> {
          try {
            result.add(made.apply(config));
          } catch (IOException e) {
            failed.add(e);
          }
          return config;
        });
    if (!failed.isEmpty()) {
      throw failed.get(0);
    }
    return result.get(0);
  }

  /**
   * Makes a configuration. Where a refusal names no option, the option without which nothing is
   * refused is put before it.
   */
  private <X> X named(Function<C, X> made) {
    try {
      return InvalidRequestException.check(() -> made.apply(options.read(value -> words(value))));
    } catch (InvalidRequestException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("--")) {
        throw e;
      }
      throw specs.keySet().stream()
          .filter(value -> !value.isParameter() && !value.isNeeded() && !words(value).isEmpty())
          .filter(value -> isFineWithout(value, made))
          .findFirst()
          .map(value -> new InvalidRequestException(typed(value) + ": " + message))
          .orElse(e);
    }
  }

  private boolean isFineWithout(OptionValue left, Function<C, ?> made) {
    try {
      Object whole =
          made.apply(options.read(value -> value.equals(left) ? List.<Object>of() : words(value)));
      return whole != null;
    } catch (IllegalArgumentException | InvalidRequestException e) {
      return false;
    }
  }

  private String typed(OptionValue option) {
    String words = words(option).stream().map(String::valueOf).collect(Collectors.joining(","));
    return option.isSwitch() ? option.name() : option.name() + " " + words;
  }

  private void requireNeeded(CommandLine command, Function<List<OptionValue>, String> missing) {
    List<OptionValue> left =
        options.needed().stream().filter(value -> words(value).isEmpty()).toList();
    if (!left.isEmpty()) {
      throw new ParameterException(command, missing.apply(left));
    }
  }

  private List<?> words(OptionValue option) {
    Object value = Objects.requireNonNull(specs.get(option)).getValue();
    if (value == null || value.equals(false)) {
      return List.of();
    }
    if (value instanceof List<?> several) {
      return option.declared().joined()
          ? List.of(several.stream().map(String::valueOf).collect(Collectors.joining(",")))
          : several;
    }
    return List.of(value);
  }

  /** What picocli says of options and parameters that are missing. */
  public static String missing(List<OptionValue> missing) {
    String what =
        Stream.of(named("option", missing, false), named("parameter", missing, true))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" and "));
    return "Missing required %s: %s"
        .formatted(
            what,
            missing.stream()
                .sorted(Comparator.comparing(OptionValue::isParameter))
                .map(value -> "'" + shown(value) + "'")
                .collect(Collectors.joining(", ")));
  }

  private static String named(String what, List<OptionValue> missing, boolean parameters) {
    boolean any = missing.stream().anyMatch(value -> value.isParameter() == parameters);
    return any ? what + (missing.size() == 1 ? "" : "s") : "";
  }

  private static String shown(OptionValue value) {
    return value.isParameter() ? value.name() : value.name() + "=" + value.declared().label();
  }

  /**
   * The record that words ask for which stand in a file; none of them is looked up in files.
   *
   * @param name the name of the command, for the message
   * @param others options that may stand there and say nothing of the record
   * @throws InvalidRequestException that names the command, for options that there are not
   */
  public C asked(String name, List<String> words, Collection<? extends ArgSpec> others) {
    CommandSpec spec = CommandSpec.create().name(name);
    specs.values().forEach(spec::add);
    others.forEach(spec::add);
    CommandLine command = new CommandLine(spec).setExpandAtFiles(false);
    try {
      command.parseArgs(words.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new InvalidRequestException(name + " " + FailureMessage.message(e));
    }
    return read(command, RecordOptions::missing);
  }
}
