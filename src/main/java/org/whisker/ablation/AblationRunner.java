package org.whisker.ablation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.whisker.ablation.OpenArm.ArmLanes;
import org.whisker.classifier.Sha256;
import org.whisker.evolution.EvolutionEntries;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.random.SplitMix64;

/**
 * Runs experiments: every arm from the same seeds, with the same budget of evaluations. Stored runs
 * and runs shared between arms are not repeated.
 */
public final class AblationRunner {
  private final RunPlan plan;
  private final RunStore store;
  private final Listener listener;
  private final BooleanSupplier stopped;

  public interface Listener {
    /** An arm with runs still to be done begins; several may be under way, each in a thread. */
    default ArmProgress onArm(String model, Ablation ablation, AblationArm arm) {
      return new ArmProgress() {};
    }

    /** An experiment is measured, with its arms done: told at its begin and between batches. */
    default void onMeasuring(String model, Ablation ablation) {}
  }

  /** Receives the progress of an arm, from one thread at a time. */
  public interface ArmProgress {
    /** This share of all single pixels, 0 to 1, has been probed, before the runs that need them. */
    default void onProbed(double share) {}

    /** The run of this seed has used this share, 0 to 1, of its generations or images. */
    default void onProgress(long seed, double share) {}

    default void onRun(ArmRun run) {}
  }

  /**
   * A runner with this plan.
   *
   * @param stopped polled after every generation
   */
  public AblationRunner(RunPlan plan, RunStore store, Listener listener, BooleanSupplier stopped) {
    this.plan = plan;
    this.store = store;
    this.listener = listener;
    this.stopped = stopped;
  }

  /** The runs still to be done, each key and seed once. */
  public List<PendingRun> pending(Ablation ablation, AblatedModel model, AblationSetting setting) {
    return missing(ablation, model, setting).stream()
        .flatMap(arm -> arm.seeds().stream().map(arm::pending))
        .toList();
  }

  /** The arms of which runs are still to be done, each on each of its networks. */
  public List<MissingRuns> missing(Ablation ablation, AblatedModel model, AblationSetting setting) {
    return ablation.design().apply(setting).arms().stream()
        .flatMap(arm -> networks(arm).stream())
        .map(arm -> missing(ablation, arm, model, setting))
        .filter(arm -> !arm.seeds().isEmpty())
        .toList();
  }

  private MissingRuns missing(
      Ablation ablation, AblationArm arm, AblatedModel model, AblationSetting setting) {
    String key = ArmKey.of(arm, setting, plan.target());
    String owner = owner(arm, model);
    List<Long> seeds =
        seeds(arm).stream().filter(seed -> store.find(owner, key, seed).isEmpty()).toList();
    return new MissingRuns(owner, key, ablation, arm, model, setting, seeds);
  }

  private List<Long> seeds(AblationArm arm) {
    return LongStream.range(0, plan.runs(arm)).mapToObj(run -> plan.seed() + run).toList();
  }

  /**
   * Does what is missing of an arm, and stores it. For several threads, each with another arm.
   *
   * @return these runs; a failed one is not stored
   * @throws CancellationException when stopped; finished runs are kept
   */
  public List<ArmRun> evolve(MissingRuns missing) {
    AblationArm arm = missing.arm();
    ArmProgress told = listener.onArm(missing.model().name(), missing.ablation(), arm);
    double pixels = missing.model().canvas().pixels();
    IntConsumer probed = done -> told.onProbed(done / pixels);
    try (OpenArm open =
        OpenArm.of(arm, missing.model(), missing.setting(), plan, probed, stopped)) {
      return open.run(missing.seeds(), new Kept(missing, told));
    }
  }

  private List<AblationArm> networks(AblationArm arm) {
    return IntStream.range(0, plan.networks(arm)).mapToObj(arm::ofNetwork).toList();
  }

  /** The owner of a run; runs without a network are shared by all models of one size. */
  public static String owner(AblationArm arm, AblatedModel model) {
    return arm.isFlat() ? "flat-" + model.canvas() : model.name();
  }

  /** A run that is not stored yet. */
  public record PendingRun(String model, String key, long seed, boolean asksNetwork) {}

  /**
   * Runs an experiment on a model.
   *
   * @throws CancellationException when stopped; finished runs are kept
   */
  public AblationResult run(Ablation ablation, AblatedModel model, AblationSetting setting) {
    AblationDesign design = ablation.design().apply(setting);
    List<ArmRuns> arms = new ArrayList<>();
    for (AblationArm arm : design.arms()) {
      List<ArmRun> runs = new ArrayList<>();
      for (AblationArm each : networks(arm)) {
        runs.addAll(runs(ablation, each, model, setting));
      }
      arms.add(new ArmRuns(arm, runs, plan.runs(arm)));
    }
    String name = "ablate " + model.name() + " " + ablation.id() + " ";
    List<ArmEffect> effects =
        new ArmEffects(arms, what -> SplitMix64.stream(plan.seed(), name + what, 0))
            .of(design.contrasts());
    Map<String, ArmRuns> byName = new LinkedHashMap<>();
    arms.forEach(runs -> byName.put(runs.arm().name(), runs));
    BooleanSupplier measuring =
        () -> {
          listener.onMeasuring(model.name(), ablation);
          return stopped.getAsBoolean();
        };
    listener.onMeasuring(model.name(), ablation);
    FinishedArms finished = new FinishedArms(byName, setting, model, plan.batch(), measuring);
    List<SupplementaryTable> supplements =
        ablation.supplements().stream().map(maker -> maker.apply(finished)).toList();
    Observer.Input input =
        new Observer.Input(arms.get(0), setting, model, plan.networks(), plan.batch(), measuring);
    List<Observations> observed =
        ablation.observers().stream().map(o -> observed(o, input)).toList();
    List<WithheldComparison> withheld =
        Stream.of(
                ofWhiteCat(ablation, observed, input).stream(),
                ArmChecks.ofComparisons(finished, effects).stream(),
                ablation.checks().stream().flatMap(check -> check.apply(finished).stream()),
                observed.stream().flatMap(o -> o.withheld().stream()))
            .flatMap(each -> each)
            .toList();
    return new AblationResult(
        ablation,
        model.name(),
        setting,
        plan.target(),
        arms,
        effects.stream().map(e -> e.withheld(withheld)).toList(),
        supplements,
        observed,
        withheld);
  }

  private static Observations observed(Observer observer, Observer.Input input) {
    Observations seen = observer.observe(input);
    List<Observation> all = seen.observations();
    return seen.with(
        all.stream()
            .map(o -> observer.needsNoImages(o.name()) ? o : ofImages(o, input))
            .map(o -> isWithheld(o, seen) ? o.withoutVerdict() : o)
            .toList());
  }

  private static boolean isWithheld(Observation one, Observations seen) {
    return seen.withheld().stream().anyMatch(w -> w.comparison().equals(one.name()));
  }

  private static Observation ofImages(Observation seen, Observer.Input input) {
    if (input.control().whiteCat().isPresent()) {
      return seen.withoutVerdict();
    }
    return input.enoughCats() ? seen : seen.withoutCats();
  }

  /** Withholds every verdict on what evolved images show where white is a cat already. */
  private static List<WithheldComparison> ofWhiteCat(
      Ablation ablation, List<Observations> observed, Observer.Input input) {
    return input.control().whiteCat().stream()
        .flatMap(
            why ->
                IntStream.range(0, observed.size())
                    .boxed()
                    .flatMap(
                        i ->
                            observed.get(i).names().stream()
                                .filter(n -> !ablation.observers().get(i).needsNoImages(n)))
                    .map(name -> new WithheldComparison(name, why)))
        .toList();
  }

  private List<ArmRun> runs(
      Ablation ablation, AblationArm arm, AblatedModel model, AblationSetting setting) {
    String key = ArmKey.of(arm, setting, plan.target());
    String owner = owner(arm, model);
    Map<Long, ArmRun> runs = new TreeMap<>();
    seeds(arm).forEach(seed -> store.find(owner, key, seed).ifPresent(r -> runs.put(seed, r)));
    List<Long> missing = seeds(arm).stream().filter(seed -> !runs.containsKey(seed)).toList();
    if (!missing.isEmpty()) {
      evolve(new MissingRuns(owner, key, ablation, arm, model, setting, missing))
          .forEach(run -> runs.put(run.seed(), run));
    }
    return List.copyOf(runs.values());
  }

  /** Keeps the runs of an arm as they end, and tells of them. */
  private final class Kept implements ArmLanes.Listener {
    private final MissingRuns missing;
    private final ArmProgress told;

    Kept(MissingRuns missing, ArmProgress told) {
      this.missing = missing;
      this.told = told;
    }

    @Override
    public void onProgress(long seed, double share) {
      told.onProgress(seed, share);
    }

    @Override
    public void onRun(ArmRun run) {
      if (!run.isFailed()) {
        store.keep(missing.owner(), missing.key(), run);
      }
      told.onRun(run);
    }
  }

  /** The key of everything that determines an arm's runs, besides model and seed. */
  public static final class ArmKey {
    private static final int BYTES = 6;

    private ArmKey() {}

    /** The key of an arm's runs, such as {@code padding-reflect+direct-0a1b2c3d4e5f}. */
    public static String of(AblationArm arm, AblationSetting setting, double target) {
      String options = options(arm, setting, target);
      return seen(arm) + "-" + HexFormat.of().formatHex(sha256(options), 0, BYTES);
    }

    /** The text of which the key is a hash, for a caller that makes a longer hash of it. */
    public static String text(AblationArm arm, AblationSetting setting, double target) {
      return seen(arm) + " " + options(arm, setting, target);
    }

    private static String seen(AblationArm arm) {
      return arm.variant().label() + "+" + arm.transform().label();
    }

    private static String options(AblationArm arm, AblationSetting setting, double target) {
      EvolutionOptions search = arm.change().apply(setting.base());
      return EvolutionEntries.of(search) + " " + target;
    }

    private static byte[] sha256(String text) {
      return Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * The runs of an arm that are not stored yet.
   *
   * @param owner under whose name they are stored
   * @param key the key of the arm, see {@link RunStore}
   * @param ablation for which they were asked first
   */
  public record MissingRuns(
      String owner,
      String key,
      Ablation ablation,
      AblationArm arm,
      AblatedModel model,
      AblationSetting setting,
      List<Long> seeds) {
    public MissingRuns {
      seeds = List.copyOf(seeds);
    }

    /** A text that only runs of the same arm have, perhaps asked for by other experiments. */
    public String ofArm() {
      return owner + "\n" + key;
    }

    /** Joins the seeds of another of the same arm. */
    public MissingRuns and(MissingRuns other) {
      List<Long> all =
          Stream.concat(seeds.stream(), other.seeds.stream()).distinct().sorted().toList();
      return new MissingRuns(owner, key, ablation, arm, model, setting, all);
    }

    PendingRun pending(long seed) {
      return new PendingRun(owner, key, seed, !arm.isFlat());
    }
  }
}
