package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.PublishedModel;
import org.whisker.classifier.SideBySide;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.models.SpeedComparison.PairedRates;
import org.whisker.image.Raster;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.Workers;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.value.Checks;
import org.whisker.weights.InitialWeights;

/**
 * Measures the speed of models: evolution against bare forward passes, and bfloat16 against
 * float32.
 *
 * @param model a stored model, by name or path, or a published network; empty: all of them
 */
public record BenchJob(Optional<String> model, BenchPlan plan) {
  /** Measures one model after the other. */
  public List<BenchResult> run(JobContext context) throws IOException {
    ModelStore store = new ModelStore(context.home().models());
    List<BenchResult> results = new ArrayList<>();
    for (String name : model.isPresent() ? List.of(model.get()) : models(store)) {
      StoredModel stored = open(store, name, context.clock());
      try (Progress progress = context.progress("measuring " + name, plan.blocks())) {
        results.add(BenchResult.of(stored, plan, System::nanoTime, progress::stepTo));
      }
    }
    return results;
  }

  /** All rates, and what they were measured on, by name. */
  public Map<String, Object> content(List<BenchResult> results, JobContext context) {
    List<Map<String, Object>> models =
        results.stream().map(each -> each.json(context, plan)).toList();
    if (model.isPresent()) {
      return models.get(0);
    }
    Map<String, Object> all = Provenance.manifest("bench", context);
    all.put("models", models);
    return all;
  }

  /**
   * How a speed is measured.
   *
   * @param asked what evolution scores in; empty for the faster one
   * @param batch pictures a call at most
   * @param seconds how long evolution is measured at least, all blocks together
   */
  public record BenchPlan(
      TorchDevice device, Optional<Precision> asked, int population, int batch, double seconds) {
    private static final int LEAST_BLOCKS = 6;
    private static final double LONGEST_BLOCK = 5;

    public BenchPlan {
      Checks.refuse(population < 2, "--population must be at least 2, was %s", population);
      Checks.refuse(batch < 1, "--batch must be at least 1, was %s", batch);
      Checks.require(
          seconds > 0 && seconds <= 3600,
          "--seconds must be above 0 and at most 3600, was %s",
          seconds);
    }

    /**
     * A plan on a device.
     *
     * @param batch pictures a call at most; empty: as many as a search takes on that device
     * @throws IllegalArgumentException for what can't be
     */
    public static BenchPlan of(
        TorchDevice device,
        Optional<Precision> asked,
        int population,
        OptionalInt batch,
        double seconds) {
      int size = batch.orElseGet(() -> device.searchBatch(population));
      return new BenchPlan(device, asked, population, Math.min(size, population), seconds);
    }

    /** The precision that was asked for, or else both. */
    List<Precision> precisions() {
      return asked.map(List::of).orElse(List.of(Precision.FLOAT32, Precision.BFLOAT16));
    }

    int blocks() {
      return Math.max(LEAST_BLOCKS, (int) Math.ceil(seconds / LONGEST_BLOCK));
    }

    double blockSeconds() {
      return seconds / blocks();
    }

    TorchClassifier.Settings settings(Precision precision) {
      return new TorchClassifier.Settings(precision, device, batch);
    }
  }

  private static final long SEED = 1;
  private static final Preprocessing PREPROCESSING = new Preprocessing(0.456f, 0.26f);

  /**
   * The names of what can be timed: models, those on disk first, and the published networks at full
   * size, for one gray channel and one logit, with random weights. What these score is of no use,
   * how long it takes is the same.
   */
  public static List<String> models(ModelStore store) throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : store.list()) {
      // what bench compares needs the layers
      if (!store.card(name).isModule()) {
        names.add(name);
      }
    }
    PublishedModel.all().stream()
        .map(PublishedModel::label)
        .sorted()
        .filter(n -> !names.contains(n))
        .forEach(names::add);
    return names;
  }

  /**
   * The model of that name or path, or else the published network.
   *
   * @throws InvalidRequestException when there is neither; it lists what there is
   */
  public static StoredModel open(ModelStore store, String name, Clock clock) throws IOException {
    NetworkChoice named = NetworkChoice.of(store, name);
    return named.card().isPresent()
        ? Models.open(store, name)
        : random(PublishedModel.parse(name), clock);
  }

  /** Opens a model like {@link #open}, or a TorchScript module. */
  static StoredModel openAny(ModelStore store, String name, Clock clock) throws IOException {
    try {
      return open(store, name, clock);
    } catch (UnknownLayersException e) {
      return Models.open(store, name);
    }
  }

  private static StoredModel random(PublishedModel published, Clock clock) {
    int side = published.side();
    ModelCard card =
        new ModelCard(
            published.label(),
            published.architecture(false),
            new ModelCard.Input(1, side, side),
            PREPROCESSING,
            Output.NOT_CAT_LOGIT,
            Padding.ZERO,
            null,
            null,
            WeightsFile.UNSAVED,
            clock.instant(),
            Provenance.whiskerVersion());
    return new StoredModel(
        card, Path.of(""), InitialWeights.of(Networks.of(card).parameters(), SEED));
  }

  /**
   * One model's speeds.
   *
   * @param precisions bare passes, bfloat16 compared with float32
   * @param precision what evolution scored in
   * @param evolution compared with bare passes in that precision
   * @param copies the copies of the network, one a core, that score side by side in that precision,
   *     compared with one; empty where searches have none
   */
  public record BenchResult(
      ModelCard card,
      PairedRates precisions,
      Precision precision,
      PairedRates evolution,
      Optional<PairedRates> copies) {
    private static final double PRECISION_SHARE = 0.3;
    private static final int PRECISION_BLOCKS = 3;

    static BenchResult of(
        StoredModel model, BenchPlan plan, LongSupplier nanoTime, IntConsumer progress)
        throws IOException {
      try (TorchClassifier float32 = Classifiers.open(model, plan.settings(Precision.FLOAT32));
          TorchClassifier bfloat16 = Classifiers.open(model, plan.settings(Precision.BFLOAT16))) {
        List<Raster> pictures = SpeedComparison.pictures(float32.canvas(), plan.batch());
        try (TorchClassifier.BareForward exact = float32.bareForward(pictures);
            TorchClassifier.BareForward coarse = bfloat16.bareForward(pictures)) {
          PairedRates precisions =
              SpeedComparison.takeTurns(
                  () -> exact.pass().length,
                  () -> coarse.pass().length,
                  PRECISION_BLOCKS,
                  plan.seconds() * PRECISION_SHARE / PRECISION_BLOCKS,
                  nanoTime);
          Precision faster = precisions.medianRatio() > 1 ? Precision.BFLOAT16 : Precision.FLOAT32;
          Precision precision = plan.asked().orElse(faster);
          boolean isExact = precision == Precision.FLOAT32;
          PairedRates evolution =
              SpeedComparison.measure(
                  isExact ? float32 : bfloat16,
                  isExact ? exact::pass : coarse::pass,
                  plan.population(),
                  plan.batch(),
                  plan.blocks(),
                  plan.blockSeconds(),
                  nanoTime,
                  progress);
          Optional<PairedRates> copies =
              measure(
                  model,
                  plan.settings(precision),
                  isExact ? float32 : bfloat16,
                  pictures,
                  plan.seconds(),
                  nanoTime);
          return new BenchResult(model.card(), precisions, precision, evolution, copies);
        }
      }
    }

    /** All rates, for a file. */
    Map<String, Object> json(JobContext context, BenchPlan plan) {
      Map<String, Object> json =
          Provenance.manifest("bench", context, card, plan.settings(precision));
      json.put("population", plan.population());
      json.put("seconds", plan.seconds());
      json.put("forward_images_per_second", evolution.reference());
      json.put("evolution_images_per_second", evolution.compared());
      json.put("ratio_median", evolution.medianRatio());
      json.put("ratio_min", evolution.leastRatio());
      json.put("ratio_max", evolution.greatestRatio());
      json.put("float32_images_per_second", precisions.reference());
      json.put("bfloat16_images_per_second", precisions.compared());
      json.put("bfloat16_ratio_median", precisions.medianRatio());
      copies.ifPresent(
          rates -> {
            json.put("one_images_per_second", rates.reference());
            json.put("copies_images_per_second", rates.compared());
            json.put("copies_ratio_median", rates.medianRatio());
          });
      return json;
    }

    private static final int BLOCKS = 6;

    /**
     * Measures in turn, on the same pictures, copies of a network that score a batch side by side,
     * one thread in each operator, as {@code evolve} has them, and one whose operators share the
     * threads.
     *
     * @param one of the network, in these settings
     * @param seconds in all
     * @return empty where searches have no copies of it
     */
    private static Optional<PairedRates> measure(
        StoredModel model,
        TorchClassifier.Settings settings,
        Classifier one,
        List<Raster> pictures,
        double seconds,
        LongSupplier nanoTime)
        throws IOException {
      Workers workers = Workers.of(List.of(model), settings.device());
      if (workers.count() == 1) {
        return Optional.empty();
      }
      try (SideBySide copies = openCopies(model, settings, workers, workers.count())) {
        return Optional.of(
            SpeedComparison.takeTurns(
                () -> one.logits(pictures).length,
                () -> copies.logits(pictures).length,
                BLOCKS,
                seconds / BLOCKS / 2,
                nanoTime));
      }
    }
  }

  /**
   * Opens copies of a network that score side by side, as workers of a search do, and scores once
   * by them, so that their threads have begun, and keep the workers' number of threads in each
   * operator.
   */
  private static SideBySide openCopies(
      StoredModel model, TorchClassifier.Settings settings, Workers workers, int count)
      throws IOException {
    OperatorThreads.Scope threads = workers.threads();
    try (threads) {
      SideBySide copies = new SideBySide(networks(model, settings, count));
      try {
        copies.logits(SpeedComparison.pictures(copies.canvas(), settings.batch()));
        return copies;
      } catch (RuntimeException | Error e) {
        copies.close();
        throw e;
      }
    }
  }

  private static List<Classifier> networks(
      StoredModel model, TorchClassifier.Settings settings, int count) throws IOException {
    List<Classifier> opened = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        opened.add(Classifiers.openAny(model, settings));
      }
      return opened;
    } catch (IOException | RuntimeException | Error e) {
      opened.forEach(Classifier::close);
      throw e;
    }
  }
}
