package org.whisker.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Typeface;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.ResumableCommand.ResumeOption;
import org.whisker.io.ClassWords;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.Asked;
import org.whisker.job.JobListener;
import org.whisker.job.JobListener.ForwardingListener;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ResumableJob;
import org.whisker.option.OptionValue;
import org.whisker.table.ChartRequest;
import org.whisker.value.IoFunction;
import org.whisker.value.IoSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * A command whose options are those of a configuration, beside those that change no result. A
 * subclass has a {@link Command} with its name and description, and says what the result is.
 *
 * @param <C> the configuration, whose components declare {@link org.whisker.option.Option}s
 */
@CommandLine.Command(mixinStandardHelpOptions = true, sortOptions = false)
public abstract class RecordCommand<C extends Record> implements Callable<Integer> {
  /** Stands for all options that have no place of their own, in {@link HelpOrder} too. */
  private static final String REST = "*";

  /** The usual order in help. */
  private static final List<String> ORDER =
      List.of(
          "--model",
          REST,
          "--per-group",
          "--batch",
          "--seed",
          "--out",
          "--resume",
          "--device",
          "--precision",
          "--resize",
          "--format",
          "--width",
          "--own-scales",
          "--overlay",
          "--layout",
          "--quiet",
          CommonOptions.VERBOSE,
          "--json");

  /** What a command has beside its configuration. */
  public enum Extra {
    /** {@code --format} and its like, for commands that draw charts. */
    CHARTS,
    /** {@code --overlay} and its like, for commands that draw saliency maps among their charts. */
    MAPS,
    /** {@code --out}. */
    OUT,
    /** {@code --resume}. */
    RESUME,
    /** {@code --json}. */
    JSON,
    /** Commands below it, for whose lines what is needed here may be left out. */
    BELOW
  }

  private final Environment environment;
  private final RecordOptions<C> options;
  private final List<Extra> extras;
  private final ChartOptions charts = new ChartOptions();
  private final ChartOptions.MapOptions maps = new ChartOptions.MapOptions();
  private final NewFolder out = new NewFolder();
  private final ResumeOption resume = new ResumeOption();
  private final JsonOption json = new JsonOption();
  private final CommonOptions common = new CommonOptions();
  private CommandSpec spec = CommandSpec.create();
  private boolean asJson;
  private ClassWords words = new ClassWords("");

  /** Creates a command with the options of {@code configuration}, and of {@code extras}. */
  protected RecordCommand(Environment environment, Class<C> configuration, Extra... extras) {
    this.environment = environment;
    this.extras = List.of(extras);
    boolean later = this.extras.contains(Extra.RESUME) || this.extras.contains(Extra.BELOW);
    this.options = later ? RecordOptions.once(configuration) : RecordOptions.of(configuration);
  }

  /** Puts the options into the command. */
  @Spec
  public final void setSpec(CommandSpec spec) {
    this.spec = spec;
    CommandGroup.name(spec, getClass());
    all().stream().sorted(Comparator.comparingInt(this::place)).forEach(spec::add);
    for (Function<Environment, RecordCommand<?>> command : commands()) {
      CommandGroup.add(spec, new CommandLine(command.apply(environment)));
    }
    if (!headings().isEmpty()) {
      HelpSections.put(spec, headings());
    }
  }

  /** The commands below this one, in the order in which help lists them. */
  protected List<Function<Environment, RecordCommand<?>>> commands() {
    return List.of();
  }

  /** Headings in help, by the long name of the option before which each stands. */
  protected Map<String, String> headings() {
    return Map.of();
  }

  /** The command below another one, with {@code --help} before all other options. */
  static CommandLine helpFirst(RecordCommand<?> command) {
    CommandLine line = new CommandLine(command);
    CommandSpec spec = line.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (!option.usageHelp() && !option.versionHelp()) {
        spec.remove(option);
        spec.add(option);
      }
    }
    return line;
  }

  private int place(ArgSpec arg) {
    String name = arg instanceof OptionSpec option ? option.longestName() : REST;
    List<String> first = helpOrder();
    if (first.contains(name)) {
      return first.indexOf(name);
    }
    boolean shared = ORDER.contains(name);
    return first.contains(REST) && !shared
        ? first.indexOf(REST)
        : first.size() + ORDER.indexOf(shared ? name : REST);
  }

  private List<ArgSpec> all() {
    List<ArgSpec> all = new ArrayList<>(options.specs());
    all.addAll(beside());
    return all;
  }

  /** The options that are no part of the configuration. */
  private List<ArgSpec> beside() {
    List<Object> mixed = new ArrayList<>();
    if (extras.contains(Extra.OUT)) {
      mixed.add(out);
    }
    if (extras.contains(Extra.RESUME)) {
      mixed.add(resume);
    }
    if (extras.contains(Extra.CHARTS)) {
      mixed.add(charts);
    }
    if (extras.contains(Extra.MAPS)) {
      mixed.add(maps);
    }
    if (extras.contains(Extra.JSON)) {
      mixed.add(json);
    }
    if (mayBeQuiet()) {
      mixed.add(common);
    }
    List<ArgSpec> beside = new ArrayList<>();
    for (Object each : mixed) {
      CommandSpec.forAnnotatedObject(each).args().forEach(arg -> beside.add(copy(arg)));
    }
    others().forEach(each -> beside.addAll(each.specs()));
    return beside;
  }

  /** A copy, since an argument knows the command that it belongs to. */
  private ArgSpec copy(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option)) {
      return PositionalParamSpec.builder((PositionalParamSpec) arg).build();
    }
    OptionSpec.Builder copy = OptionSpec.builder(option);
    helpOf(option.longestName()).ifPresent(copy::description);
    return copy.build();
  }

  /**
   * What help says of an option that is no part of the configuration; empty for the usual.
   *
   * @param option its long name, such as {@code --out}
   */
  protected Optional<String> helpOf(String option) {
    return Optional.empty();
  }

  /** Whether it has {@code --quiet} and {@code --verbose}. */
  protected boolean mayBeQuiet() {
    return true;
  }

  /**
   * Whether it draws charts, of which those that have no options are drawn in the usual way. Fonts
   * that don't work are then said before the work.
   */
  protected boolean draws() {
    return extras.contains(Extra.CHARTS);
  }

  /**
   * The charts that were asked for.
   *
   * @throws UncheckedIOException where no chart can be drawn
   */
  protected final ChartRequest charts() {
    refuseWithoutFonts();
    return charts.charts(maps);
  }

  private static void refuseWithoutFonts() {
    Typeface.problem()
        .ifPresent(
            line -> {
              throw new UncheckedIOException(new IOException(line));
            });
  }

  /** What changes no result and only this command has. */
  protected List<RecordOptions<?>> others() {
    return List.of();
  }

  /** What was typed of {@link #others}. */
  protected final <O extends Record> O read(RecordOptions<O> others) {
    return others.read(spec.commandLine(), RecordOptions::missing);
  }

  /** What to say of needed options that {@link #config} does not find. */
  protected String missing(List<OptionValue> missing) {
    return RecordOptions.missing(missing);
  }

  /**
   * Options that help shows first, with spaces between them, before all others in the usual order.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  public @interface HelpOrder {
    String value();
  }

  protected List<String> helpOrder() {
    @Nullable HelpOrder order = getClass().getAnnotation(HelpOrder.class);
    return order == null ? List.of() : List.of(order.value().split(" "));
  }

  /** All options of the configuration, in the order of its components. */
  protected final List<String> declared() {
    return options.specs().stream()
        .filter(OptionSpec.class::isInstance)
        .map(arg -> ((OptionSpec) arg).longestName())
        .toList();
  }

  /**
   * The environment in which results are shown; it shows none while their tables are printed as
   * JSON instead.
   */
  protected final Environment environment() {
    return asJson
        ? environment.silent()
        : words.name().isEmpty() ? environment : environment.said(words);
  }

  protected final NewFolder out() {
    return out;
  }

  protected final ResumeOption resume() {
    return resume;
  }

  /** Whether results are printed as JSON. */
  protected final boolean json() {
    return json.asked();
  }

  protected final CommonOptions common() {
    return common;
  }

  private ParseResult parsed() {
    return spec.commandLine().getParseResult();
  }

  protected final boolean isTyped(String option) {
    return parsed().hasMatchedOption(option);
  }

  /** The values that were typed for an option of several. */
  protected final List<String> typed(String option) {
    return parsed().matchedOptionValue(option, List.of());
  }

  /** The parameters that were typed. */
  protected final List<String> positionals() {
    return RecordedArguments.positionals(parsed());
  }

  /** All words after {@code whisker}. */
  protected final List<String> line() {
    return spec.root().commandLine().getParseResult().originalArgs();
  }

  /**
   * What was typed.
   *
   * @throws picocli.CommandLine.ParameterException when something is missing
   * @throws org.whisker.job.InvalidRequestException for what can't be
   */
  protected C config() {
    return options.read(spec.commandLine(), this::missing);
  }

  /**
   * What is made of what was typed, so that a refusal in there names its option, too.
   *
   * @throws picocli.CommandLine.ParameterException when something is missing
   * @throws org.whisker.job.InvalidRequestException for what can't be
   * @throws IOException when an input that it names can't be read
   */
  protected final <X> X config(IoFunction<C, X> made) throws IOException {
    return options.read(spec.commandLine(), this::missing, made);
  }

  /**
   * What a job is given.
   *
   * @throws UncheckedIOException where no chart can be drawn by a command that {@link #draws}
   */
  protected final JobContext context() {
    if (draws()) {
      refuseWithoutFonts();
    }
    JobContext plain = environment.context(common);
    JobContext context = plain.with(new Hearing(plain.listener()));
    return extras.contains(Extra.CHARTS)
        ? context.with(new Asked(arguments(), charts.charts(maps)))
        : context;
  }

  /** Learns which class a job is of, and says what it hears in the words of that class. */
  private final class Hearing implements ForwardingListener {
    private final JobListener listener;
    private final Set<String> classes = new TreeSet<>();

    Hearing(JobListener listener) {
      this.listener = listener;
    }

    @Override
    public JobListener to() {
      return listener;
    }

    @Override
    public void runs(String target) {
      classes.add(target);
      words = ClassWords.ofAll(classes).keeping(parsed().originalArgs());
    }

    @Override
    public void tablesWritten(Path folder) throws IOException {
      words = ClassWords.of(folder).keeping(parsed().originalArgs());
      listener.tablesWritten(folder);
    }

    @Override
    public Progress begin(String task, long total) {
      return new SaidProgress(listener.begin(words.in(task), total), words);
    }

    @Override
    public void note(String line) {
      listener.note(words.in(line));
    }

    @Override
    public void warn(String line) {
      listener.warn(words.in(line));
    }

    @Override
    public void detail(String line) {
      listener.detail(words.in(line));
    }
  }

  /** Progress told in the words of a class. */
  private record SaidProgress(Progress to, ClassWords words) implements Progress {
    @Override
    public void stepTo(long done) {
      to.stepTo(done);
    }

    @Override
    public void extraMessage(String message) {
      to.extraMessage(words.in(message));
    }

    @Override
    public void close() {
      to.close();
    }
  }

  /** The command line as manifests keep it. */
  protected final List<String> arguments() {
    List<String> arguments = new ArrayList<>(RecordedArguments.positionals(parsed()));
    arguments.addAll(RecordedArguments.of(parsed()));
    return arguments;
  }

  /** Whether a folder whose job is done has also what the command makes of its tables. */
  protected boolean isWhole(Path folder) {
    return true;
  }

  /**
   * Begins a job, or goes on with the one in the folder that was named.
   *
   * @param told shows a result
   * @param shown the folder whose tables show a result to a program; empty where it has none
   * @param printed these tables, for {@code --json}
   */
  protected final <J extends Record, R> int run(
      ResumableJob<J, R> job,
      IoSupplier<J> asked,
      IoFunction<R, Integer> told,
      Function<R, Optional<Path>> shown,
      IoFunction<Path, Document> printed)
      throws IOException {
    ResumableCommand<J, R> command =
        new ResumableCommand<>(
            environment,
            job,
            parsed(),
            asked,
            result -> tell(told, result, shown.apply(result), printed),
            this::isWhole,
            folder ->
                json() ? print(printed.apply(folder)) : ResumeOption.done(folder, environment));
    Optional<Path> resumed = resume.folder();
    if (resumed.isEmpty()) {
      return command.begin(out.asked());
    }
    InvalidRequestException.refuse(
        out.given(),
        "--out and --resume exclude each other; %s is kept, so leave out --out"
            .formatted(resumed.get()));
    return command.resume(resumed.get());
  }

  private <R> int tell(
      IoFunction<R, Integer> told,
      R result,
      Optional<Path> folder,
      IoFunction<Path, Document> printed)
      throws IOException {
    if (!json() || folder.isEmpty()) {
      return told.apply(result);
    }
    asJson = true;
    int code = told.apply(result);
    asJson = false;
    print(printed.apply(folder.get()));
    return code;
  }

  private int print(JsonOption.Document document) throws IOException {
    document.print(environment.out());
    return ExitCode.OK;
  }
}
