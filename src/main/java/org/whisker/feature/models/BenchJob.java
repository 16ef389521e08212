package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.PublishedModel;
import org.whisker.classifier.StoredModel;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.Provenance.WhiskerVersion;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
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
    for (String name : model.isPresent() ? List.of(model.get()) : BenchModels.all(store)) {
      StoredModel stored = BenchModels.open(store, name, context.clock());
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
      if (population < 2) {
        throw new IllegalArgumentException("--population must be at least 2, was " + population);
      }
      if (batch < 1) {
        throw new IllegalArgumentException("--batch must be at least 1, was " + batch);
      }
      if (!(seconds > 0 && seconds <= 3600)) {
        throw new IllegalArgumentException(
            "--seconds must be above 0 and at most 3600, was " + seconds);
      }
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

  /**
   * What can be timed: models, and the published networks at full size, for one gray channel and
   * one logit, with random weights: what they score is of no use, how long it takes is the same.
   */
  public static final class BenchModels {
    private static final long SEED = 1;
    private static final Preprocessing PREPROCESSING = new Preprocessing(0.456f, 0.26f);

    private BenchModels() {}

    /** The names of all, those on disk first. */
    public static List<String> all(ModelStore store) throws IOException {
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
              WhiskerVersion.get());
      return new StoredModel(
          card, Path.of(""), InitialWeights.of(Networks.of(card).parameters(), SEED));
    }
  }
}
