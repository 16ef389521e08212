package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.command.Environment;
import org.whisker.feature.ablate.AblateCommand;
import org.whisker.feature.evolve.EvolveCommand;
import org.whisker.feature.sweep.ArmTasks.ArmConfig;
import org.whisker.feature.sweep.SweepFolder.SweepGroup;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobManifest;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.OutputFolder;
import org.whisker.job.Provenance;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.value.Text;

/** Makes tasks of a spec: options go to the parsers of the commands. */
final class SweepPlanner {
  private static final String EVOLVE = "evolve";

  /** Options that the spec has a place of its own for, and those of where files go. */
  private static final Set<String> OWN =
      Set.of("model", "seed", "runs", "device", "precision", "out", "resume");

  /** Tasks of a sweep, and so combinations of options. */
  private static final long MOST = 1_000_000;

  private final Environment environment;
  private final JobContext context;

  SweepPlanner(Environment environment, JobContext context) {
    this.environment = environment;
    this.context = context;
  }

  /** What numbers of a spec's results depend on. */
  static Numerics numerics(SweepSpec spec, Optional<String> asked) {
    String mode = asked.or(spec::numerics).orElse(Numerics.Mode.NATIVE.label());
    Numerics.Mode parsed = Numerics.Mode.parse(mode);
    return InvalidRequestException.check(
        () ->
            new Numerics(
                parsed,
                new DeviceConfig(
                    spec.device().orElse("cpu"),
                    Precision.parse("precision", spec.precision().orElse("float32")))));
  }

  /**
   * The plan of a spec.
   *
   * @throws InvalidRequestException naming what can't be
   * @throws IOException when a model can't be opened
   */
  SweepPlan plan(SweepSpec spec, Numerics numerics) throws IOException {
    Planning planning = new Planning(context, numerics);
    List<SweepGroup> groups = new ArrayList<>();
    long runs = 0;
    for (SweepSpec.Part part : spec.parts()) {
      List<Words> parts = words(spec, part, numerics);
      runs += (long) parts.size() * spec.seeds(part).count().orElse(1);
      refuseMore(runs);
      for (Words words : parts) {
        String name = part.command() + "-" + (count(groups, part.command()) + 1);
        groups.add(group(name, words, part.command(), planning));
      }
    }
    List<SweepTask> ordered = new ArrayList<>(planning.tasks.values());
    ordered.sort(Comparator.comparingDouble(SweepTask::images).reversed());
    return new SweepPlan(spec, numerics, groups, ordered, planning.skipped);
  }

  private SweepGroup group(String name, Words words, String command, Planning planning)
      throws IOException {
    return command.equals(EVOLVE)
        ? EvolveTasks.plan(
            planning, name, words.options(), EvolveCommand.config(words.all(), environment))
        : ArmTasks.plan(
            planning, name, words.options(), AblateCommand.config(words.all(), environment));
  }

  /** What a plan is made from, and its tasks so far. */
  static final class Planning {
    private final JobContext context;
    private final Numerics numerics;
    private final Map<String, StoredModel> models = new HashMap<>();
    private final Map<String, SweepTask> tasks = new LinkedHashMap<>();
    private final List<String> skipped = new ArrayList<>();

    Planning(JobContext context, Numerics numerics) {
      this.context = context;
      this.numerics = numerics;
    }

    JobContext context() {
      return context;
    }

    Numerics numerics() {
      return numerics;
    }

    StoredModel model(String name) throws IOException {
      StoredModel known = models.get(name);
      if (known == null) {
        known = Models.open(new ModelStore(context.home().models()), name);
        models.put(name, known);
      }
      return known;
    }

    /** Adds a task, unless another experiment has it: arms share their runs. */
    void add(SweepTask task) throws IOException {
      String alias = task.group();
      if (task.kind() == SweepTask.Kind.ARM) {
        ArmConfig arm = ArmConfig.of(task, Path.of(SweepFolder.TASKS));
        alias = arm.owner() + " " + arm.armKey(); // by which tables find a run
      }
      tasks.putIfAbsent(alias + " " + task.seed(), task);
    }

    /** Notes an experiment that a model can't take. */
    void skip(String why) {
      skipped.add(why);
    }
  }

  private static void refuseMore(long count) {
    InvalidRequestException.refuse(
        count > MOST,
        Text.of(
            "the spec asks for more than %,d tasks; give fewer values, draws or seeds, or several"
                + " sweeps",
            MOST));
  }

  private static long count(List<SweepGroup> groups, String command) {
    return groups.stream().filter(group -> group.command().equals(command)).count();
  }

  /** A command line, and of it the options that the spec gives. */
  private record Words(Map<String, String> options, List<String> all) {}

  private static List<Words> words(SweepSpec spec, SweepSpec.Part part, Numerics numerics)
      throws IOException {
    check(part);
    List<String> common = new ArrayList<>();
    common.add("--device=" + numerics.on().device());
    common.add("--precision=" + numerics.on().precision().label());
    common.addAll(spec.seeds(part).words());
    List<Words> all = new ArrayList<>();
    for (List<String> models : models(spec, part)) {
      for (Map<String, String> options : combinations(part)) {
        List<String> words = new ArrayList<>(part.experiments().orElse(List.of()));
        words.add("--model=" + String.join(",", models));
        words.addAll(common);
        options.forEach((name, value) -> word(name, value).ifPresent(words::add));
        all.add(new Words(options, words));
      }
    }
    return all;
  }

  private static Optional<String> word(String name, String value) {
    return switch (value) {
      case "true" -> Optional.of("--" + name);
      case "false" -> Optional.empty();
      default -> Optional.of("--" + name + "=" + value);
    };
  }

  /** An experiment's tables have all its models, a search's one. */
  private static List<List<String>> models(SweepSpec spec, SweepSpec.Part part) throws IOException {
    List<String> models = expandedModels(spec.models(part));
    return part.command().equals(EVOLVE) ? models.stream().map(List::of).toList() : List.of(models);
  }

  private static void check(SweepSpec.Part part) {
    String command = part.command();
    boolean ablates = command.equals("ablate");
    InvalidRequestException.refuse(
        !ablates && !command.equals(EVOLVE),
        "a task's command is evolve or ablate, not '" + command + "'");
    InvalidRequestException.refuse(
        ablates == part.experiments().orElse(List.of()).isEmpty(),
        ablates
            ? "ablate tasks name experiments; see: whisker ablate list"
            : "evolve tasks have no experiments; leave them out");
    for (String name : part.options().orElse(Map.of()).keySet()) {
      InvalidRequestException.refuse(
          OWN.contains(name) || name.startsWith("-") || (ablates && name.equals("data")),
          "option '%s' can't stand among the options of %s tasks; models, seeds, device and precision have places of their own, and names have no dashes before them"
              .formatted(name, command));
    }
  }

  /** All combinations of a part's options; the first option varies slowest. */
  static List<Map<String, String>> combinations(SweepSpec.Part part) {
    Map<String, List<String>> options = part.values();
    long count = 1;
    for (List<String> values : options.values()) {
      count *= values.size();
      refuseMore(count);
    }
    List<Map<String, String>> grid = List.of(Map.of());
    for (Map.Entry<String, List<String>> option : options.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> before : grid) {
        for (String value : option.getValue()) {
          Map<String, String> with = new LinkedHashMap<>(before);
          with.put(option.getKey(), value);
          longer.add(with);
        }
      }
      grid = longer;
    }
    return grid;
  }

  private static final String ALL_MODELS = "/*";

  /**
   * The names of the models of a spec. {@code FOLDER/*} becomes the paths of all models in a
   * folder, in alphabetical order.
   *
   * @throws InvalidRequestException when a folder has none
   */
  static List<String> expandedModels(List<String> names) throws IOException {
    List<String> all = new ArrayList<>();
    for (String name : names) {
      if (name.endsWith(ALL_MODELS)) {
        all.addAll(modelsIn(Path.of(name.substring(0, name.length() - ALL_MODELS.length()))));
      } else {
        all.add(name);
      }
    }
    return all;
  }

  private static List<String> modelsIn(Path folder) throws IOException {
    InvalidRequestException.refuse(
        !Files.isDirectory(folder), "the spec names models in " + folder + ", which is no folder");
    try (Stream<Path> content = Files.list(folder)) {
      List<String> models =
          content
              .filter(model -> Files.isRegularFile(model.resolve("model.json")))
              .map(Path::toString)
              .sorted()
              .toList();
      InvalidRequestException.refuse(
          models.isEmpty(), "the spec names models in " + folder + ", which has none");
      return models;
    }
  }

  /**
   * A sweep as it is to be done.
   *
   * @param tasks largest first
   * @param skipped experiments that a model can't take, with the reason
   */
  record SweepPlan(
      SweepSpec spec,
      Numerics numerics,
      List<SweepGroup> groups,
      List<SweepTask> tasks,
      List<String> skipped) {
    /** Images that are scored, at most. */
    double images() {
      return tasks.stream().mapToDouble(SweepTask::images).sum();
    }

    /**
     * Writes the plan to a new folder, the manifest last.
     *
     * @param out the folder; by default one named after the time
     * @param arguments the command line that asks for it
     */
    Path write(Optional<Path> out, List<String> arguments, JobContext context) throws IOException {
      Path folder =
          OutputFolder.create(out, context.home().analyses(), SweepFolder.COMMAND, context.clock());
      SweepFolder.write(folder.resolve(SweepFolder.TASKS), tasks);
      SweepFolder.write(folder.resolve(SweepFolder.GROUPS), groups);
      JobManifest.begin(folder, content(arguments, context), spec).plan();
      return folder;
    }

    private Map<String, Object> content(List<String> arguments, JobContext context) {
      Map<String, Object> content =
          new LinkedHashMap<>(Provenance.manifest(SweepFolder.COMMAND, context));
      content.put("engine", Classifiers.engine());
      content.put("numerics", numerics.mode().label());
      content.put("device", numerics.on().device());
      content.put("precision", numerics.on().precision().label());
      content.put("environment", numerics.environment());
      Map<String, String> models = new TreeMap<>();
      tasks.forEach(task -> models.put(task.model(), task.sha256()));
      content.put("models", models);
      content.put("tasks", tasks.size());
      content.put("skipped", skipped);
      content.put("arguments", arguments);
      return content;
    }
  }
}
