package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Sha256;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.sweep.ArmTasks.ArmTaskJson;
import org.whisker.feature.sweep.SweepPlan.SweepGroup;
import org.whisker.feature.sweep.SweepSpec.OptionValues;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.train.TrainJob.TrainConfig;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance.WhiskerVersion;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import org.whisker.value.Text;

public final class SweepPlanner {
  private static final String EVOLVE = "evolve";
  private static final String TRAIN = "train";

  /** Options that the spec has a place of its own for, and those of where files go. */
  private static final Set<String> OWN =
      Set.of("model", "seed", "runs", "device", "precision", "out", "resume");

  /** Options of train, of which a sweep's networks have none; and photos, which ablate can't. */
  private static final Map<String, Set<String>> WITHOUT =
      Map.of(
          "train", Set.of("force", "teacher", "store", "half"),
          "ablate", Set.of("data"),
          "evolve", Set.of());

  /** Tasks of a sweep, and so combinations of options. */
  private static final long MOST = 1_000_000;

  private final JobContext context;
  private final CommandLines lines;
  private final Pace pace;

  /**
   * A planner.
   *
   * @param lines understands options
   * @param pace how fast models are here, by which tasks are put in order
   */
  public SweepPlanner(JobContext context, CommandLines lines, Pace pace) {
    this.context = context;
    this.lines = lines;
    this.pace = pace;
  }

  /** What numbers of a spec's results depend on. */
  public static Numerics numerics(SweepSpec spec, Optional<String> asked) {
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
  public SweepPlan plan(SweepSpec spec, Numerics numerics) throws IOException {
    Map<String, SweepTask> tasks = new LinkedHashMap<>();
    List<SweepGroup> groups = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    SweepKeys keys = SweepKeys.of(numerics);
    EvolveTasks evolve = new EvolveTasks(context, pace, keys, numerics.oneByOne());
    ArmTasks arms = new ArmTasks(context, pace, keys, numerics, skipped::add);
    TrainTasks trainings = new TrainTasks(context, pace, keys);
    long runs = 0;
    for (SweepSpec.Part part : spec.parts()) {
      List<Words> parts = words(spec, part, numerics);
      runs += (long) parts.size() * spec.seeds(part).count().orElse(1);
      refuseMore(runs);
      for (Words words : parts) {
        String name = part.command() + "-" + (count(groups, part.command()) + 1);
        List<SweepTask> made = new ArrayList<>();
        groups.add(
            switch (part.command()) {
              case EVOLVE ->
                  evolve.make(
                      new EvolveTasks.Asked(name, words.options(), part.keeps()),
                      lines.evolve(words.all()),
                      made);
              case TRAIN ->
                  trainings.make(
                      new TrainTasks.Asked(name, words.options(), spec.seeds(part).of()),
                      lines.train(words.all()),
                      made);
              default -> arms.make(name, words.options(), lines.ablate(words.all()), made);
            });
        made.forEach(task -> tasks.putIfAbsent(alias(task), task));
      }
    }
    List<SweepTask> ordered = new ArrayList<>(tasks.values());
    ordered.sort(Comparator.comparingDouble(SweepTask::seconds).reversed());
    return new SweepPlan(spec, numerics, groups, ordered, skipped);
  }

  private static void refuseMore(long count) {
    InvalidRequestException.refuse(
        count > MOST,
        Text.of(
            "the spec asks for more than %,d tasks; give fewer values, draws or seeds, or several"
                + " sweeps",
            MOST));
  }

  /** Arms share their runs; tables find a run by the names under which they ask for it. */
  private static String alias(SweepTask task) {
    if (task.kind() == SweepTask.Kind.ARM) {
      ArmTaskJson arm = ArmTaskJson.of(task);
      return String.join(" ", arm.owner(), arm.armKey(), Long.toString(task.seed()));
    }
    return task.group() + " " + task.seed();
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
    boolean trains = part.command().equals(TRAIN);
    common.addAll(trains ? List.of("--out=network") : spec.seeds(part).words());
    List<Words> all = new ArrayList<>();
    for (List<String> models : models(spec, part)) {
      for (Map<String, String> options : Combinations.of(part)) {
        List<String> words = new ArrayList<>(part.experiments().orElse(List.of()));
        if (!trains) {
          words.add("--model=" + String.join(",", models));
        }
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

  /** An experiment's tables have all its models, a search's one, a training none. */
  private static List<List<String>> models(SweepSpec spec, SweepSpec.Part part) throws IOException {
    if (part.command().equals(TRAIN)) {
      return List.of(List.of());
    }
    List<String> models = ModelFolders.expanded(spec.models(part));
    return part.command().equals(EVOLVE) ? models.stream().map(List::of).toList() : List.of(models);
  }

  private static void check(SweepSpec.Part part) {
    String command = part.command();
    InvalidRequestException.refuse(
        !WITHOUT.containsKey(command),
        "a task's command is evolve, ablate or train, not '" + command + "'");
    boolean ablates = command.equals("ablate");
    InvalidRequestException.refuse(
        ablates == part.experiments().orElse(List.of()).isEmpty(),
        ablates
            ? "ablate tasks name experiments; see: whisker ablate list"
            : command + " tasks have no experiments; leave them out");
    InvalidRequestException.refuse(
        part.keeps() && !command.equals(EVOLVE),
        "keep_generations is for evolve tasks; leave it out of " + command);
    InvalidRequestException.refuse(
        command.equals(TRAIN) && part.models().isPresent(),
        "train tasks have no models; name the network by arch, or a model by init");
    for (String name : part.options().orElse(Map.of()).keySet()) {
      InvalidRequestException.refuse(
          OWN.contains(name) || name.startsWith("-"),
          "option '%s' can't stand among the options of %s tasks; models, seeds, device and precision have places of their own, and names have no dashes before them"
              .formatted(name, command));
      InvalidRequestException.refuse(
          WITHOUT.getOrDefault(command, Set.of()).contains(name),
          "a sweep's %s tasks can't have option '%s'; leave it out".formatted(command, name));
    }
  }

  /** The options of each configuration of a part: all combinations, or some drawn at random. */
  record Combinations(Map<String, OptionValues> options) {
    static List<Map<String, String>> of(SweepSpec.Part part) {
      Map<String, OptionValues> options = new LinkedHashMap<>();
      Map<String, JsonNode> asked = part.options().orElse(Map.of());
      asked.forEach((name, node) -> options.put(name, new OptionValues(name, node)));
      Combinations all = new Combinations(options);
      return part.draw().map(all::drawn).orElseGet(all::grid);
    }

    /** The first option varies slowest. */
    private List<Map<String, String>> grid() {
      long count = 1;
      for (OptionValues values : options.values()) {
        count *= Math.min(MOST + 1, values.count());
        refuseMore(count);
      }
      List<Map<String, String>> grid = List.of(Map.of());
      for (Map.Entry<String, OptionValues> option : options.entrySet()) {
        List<Map<String, String>> longer = new ArrayList<>();
        for (Map<String, String> before : grid) {
          for (String value : option.getValue().grid()) {
            Map<String, String> with = new LinkedHashMap<>(before);
            with.put(option.getKey(), value);
            longer.add(with);
          }
        }
        grid = longer;
      }
      return grid;
    }

    /**
     * Draws combinations, each by a stream of its own, so that a larger count has the smaller one's
     * beginning.
     */
    private List<Map<String, String>> drawn(SweepSpec.Draw draw) {
      refuseMore(draw.count());
      List<Map<String, String>> drawn = new ArrayList<>();
      for (int i = 0; i < draw.count(); i++) {
        SplitMix64 random = SplitMix64.stream(draw.seed().orElse(1L), "sweep", i);
        Map<String, String> values = new LinkedHashMap<>();
        options.forEach((name, option) -> values.put(name, option.draw(random)));
        drawn.add(values);
      }
      return drawn;
    }
  }

  /** The models that a spec names: {@code FOLDER/*} is every model in a folder. */
  static final class ModelFolders {
    private static final String ALL = "/*";

    private ModelFolders() {}

    /**
     * The names, folders replaced by the paths of their models in alphabetical order.
     *
     * @throws InvalidRequestException when a folder has none
     */
    static List<String> expanded(List<String> names) throws IOException {
      List<String> all = new ArrayList<>();
      for (String name : names) {
        if (name.endsWith(ALL)) {
          all.addAll(in(Path.of(name.substring(0, name.length() - ALL.length()))));
        } else {
          all.add(name);
        }
      }
      return all;
    }

    private static List<String> in(Path folder) throws IOException {
      InvalidRequestException.refuse(
          !Files.isDirectory(folder),
          "the spec names models in " + folder + ", which is no folder");
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
  }

  /** Makes configurations of options, as the command line understands them. */
  public interface CommandLines {
    /**
     * The configuration of a search.
     *
     * @throws InvalidRequestException for unknown options
     */
    EvolveConfig evolve(List<String> arguments) throws IOException;

    /**
     * The configuration of ablations.
     *
     * @throws InvalidRequestException for unknown options
     */
    AblateConfig ablate(List<String> arguments) throws IOException;

    /**
     * The configuration of a training.
     *
     * @throws InvalidRequestException for unknown options
     */
    TrainConfig train(List<String> arguments) throws IOException;
  }

  /** How fast models are here. */
  public interface Pace {
    /**
     * Seconds that a model takes for so many images.
     *
     * @param call images in a call
     */
    double seconds(StoredAblatedModel model, double images, int call);

    /** Seconds that training a network takes for a photo of an epoch. */
    double training(TrainingRecipe recipe, TorchDevice device) throws IOException;
  }

  /**
   * Keys of tasks: a hash of all that a result depends on.
   *
   * @param numerics the numerics and the engine, in words
   * @param version the version of whisker
   */
  record SweepKeys(String numerics, String version) {
    private static final int DIGITS = 32;

    static SweepKeys of(Numerics numerics) {
      return new SweepKeys(numerics.label(Classifiers.engine()), WhiskerVersion.get());
    }

    /** The key of a run of a configuration that is given in full. */
    TaskKey of(SweepTask.Kind kind, String model, String configuration, long seed) {
      List<String> all =
          List.of(kind.label(), model, configuration, Long.toString(seed), numerics, version);
      return new TaskKey(Sha256.ofText(String.join("\n", all)).substring(0, DIGITS));
    }

    /** A model by all that its scores depend on, and not by its name. */
    static String model(ModelCard card) {
      return String.join(
          " ",
          card.weights().sha256(),
          Objects.toString(card.architecture()),
          card.input().toString(),
          card.preprocessing().toString(),
          card.output().toString(),
          card.paddingLabel());
    }
  }
}
