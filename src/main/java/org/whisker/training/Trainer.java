package org.whisker.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Preprocessing;
import org.whisker.dataset.CachedPhoto;
import org.whisker.image.Canvas;
import org.whisker.network.Network;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Precision;
import org.whisker.torch.TrainableNetwork;
import org.whisker.torch.TrainingStep;
import org.whisker.weights.DType;
import org.whisker.weights.InitialWeights;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;

/**
 * The training loop. After every epoch it leaves a checkpoint in its folder, and the averaged
 * weights of the best epoch so far (by validation accuracy, then loss) as {@code best.safetensors};
 * a run that finds a checkpoint goes on from it and ends with the same weights as one that was
 * never stopped (on the same kind of processor, with the same number of threads).
 */
public final class Trainer {
  private final Network network;
  private final TrainingOptions options;
  private final Precision precision;
  private final Preprocessing preprocessing;
  private final Path folder;
  private final InstantSource clock;
  private final PhotoBatches batches;

  /**
   * Prepares to train.
   *
   * @param folder where checkpoints go; made when missing
   */
  public Trainer(
      Network network,
      TrainingOptions options,
      Precision precision,
      Preprocessing preprocessing,
      Path folder,
      InstantSource clock) {
    this.network = network;
    this.options = options;
    this.precision = precision;
    this.preprocessing = preprocessing;
    this.folder = folder;
    this.clock = clock;
    this.batches = new PhotoBatches(new Canvas(network.input().width(), network.input().height()));
  }

  /** Told how training goes. */
  public interface Listener {
    /** After each step: the epoch (from 1), steps done in it, steps in all, the running loss. */
    void onStep(int epoch, int step, int steps, double meanLoss);

    void onEpoch(EpochStats stats);
  }

  /** What came out: the best epoch's averaged weights, or how far it came before it was stopped. */
  public record Result(boolean finished, int epochs, EpochScore best, Weights weights) {}

  /** How good an epoch's averaged weights were on validation photos. */
  public record EpochScore(int epoch, double accuracy, double loss) {
    boolean betterThan(EpochScore other) {
      return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
    }
  }

  /** Trains, from the checkpoint in the folder if there is one, until done or stopped. */
  public Result train(
      List<CachedPhoto> training,
      List<CachedPhoto> validation,
      Listener listener,
      BooleanSupplier stopped)
      throws IOException {
    Files.createDirectories(folder);
    try (TrainableNetwork net = new TrainableNetwork(network, precision, preprocessing)) {
      Progress progress = begin(net);
      while (progress.epoch < options.epochs() && !stopped.getAsBoolean()) {
        progress = epoch(net, progress, training, validation, listener, stopped);
      }
      Weights best = Safetensors.open(bestFile());
      return new Result(progress.epoch >= options.epochs(), progress.epoch, progress.best, best);
    }
  }

  private record Progress(int epoch, EpochScore best) {}

  private Progress begin(TrainableNetwork net) throws IOException {
    if (Files.exists(checkpointFile())) {
      Checkpoint checkpoint = Checkpoint.read(checkpointFile(), fingerprint());
      net.restore(checkpoint.state());
      return new Progress(checkpoint.epoch(), checkpoint.best());
    }
    net.begin(InitialWeights.of(network.parameters(), options.seed()));
    return new Progress(0, new EpochScore(0, -1, Double.POSITIVE_INFINITY));
  }

  private Progress epoch(
      TrainableNetwork net,
      Progress before,
      List<CachedPhoto> training,
      List<CachedPhoto> validation,
      Listener listener,
      BooleanSupplier stopped)
      throws IOException {
    int epoch = before.epoch + 1;
    long begun = clock.millis();
    TrainableNetwork.seed(SplitMix64.stream(options.seed(), "dropout", epoch).nextLong());
    double loss = steps(net, epoch, shuffled(training, epoch), listener, stopped);
    if (stopped.getAsBoolean()) {
      return before;
    }
    Validation score = Validation.of(net, validation, batches, options.batch());
    EpochScore present = new EpochScore(epoch, score.accuracy(), score.loss());
    EpochScore best = present.betterThan(before.best) ? present : before.best;
    if (best.equals(present)) {
      Safetensors.write(bestFile(), net.averagedWeights(), java.util.Map.of(), DType.F32);
    }
    new Checkpoint(epoch, net.state(), best, fingerprint()).write(checkpointFile());
    double seconds = (clock.millis() - begun) / 1000.0;
    double rate = options.rateAt(epoch);
    listener.onEpoch(new EpochStats(epoch, loss, score.loss(), score.accuracy(), rate, seconds));
    return new Progress(epoch, best);
  }

  private double steps(
      TrainableNetwork net,
      int epoch,
      List<CachedPhoto> photos,
      Listener listener,
      BooleanSupplier stopped) {
    int steps = photos.size() / options.batch();
    if (steps == 0) {
      throw new IllegalArgumentException(
          "%d training photos do not fill a batch of %d".formatted(photos.size(), options.batch()));
    }
    double sum = 0;
    try (Prefetcher<PhotoBatches.Batch> ahead =
        new Prefetcher<>(steps, step -> varied(photos, epoch, step))) {
      for (int step = 0; step < steps && !stopped.getAsBoolean(); step++) {
        PhotoBatches.Batch batch = ahead.next();
        sum += net.step(batch.images(), batch.targetArray(), stepAt(epoch, step, steps)).loss();
        listener.onStep(epoch, step + 1, steps, sum / (step + 1));
      }
    }
    return sum / steps;
  }

  private TrainingStep stepAt(int epoch, int step, int steps) {
    int number = Math.addExact(Math.multiplyExact(epoch - 1, steps), step + 1);
    double rate = options.rateAt(epoch - 1 + (step + 1.0) / steps);
    // early on the average follows closely, or it would remember the initial weights
    double averaging = Math.max(options.averaging(), 10.0 / (10.0 + number));
    return new TrainingStep(number, rate, options.weightDecay(), options.clip(), averaging);
  }

  private PhotoBatches.Batch varied(List<CachedPhoto> photos, int epoch, int step) {
    int from = step * options.batch();
    SplitMix64 random = SplitMix64.stream(options.seed(), "augmentation " + epoch, step);
    return batches.varied(
        photos.subList(from, from + options.batch()),
        options.augmentation(),
        options.labelSmoothing(),
        random);
  }

  private List<CachedPhoto> shuffled(List<CachedPhoto> photos, int epoch) {
    List<CachedPhoto> copy = new ArrayList<>(photos);
    SplitMix64 random = SplitMix64.stream(options.seed(), "order", epoch);
    for (int i = copy.size() - 1; i > 0; i--) {
      Collections.swap(copy, i, random.nextInt(i + 1));
    }
    return copy;
  }

  /** Of what a checkpoint must share: the same in every process. */
  String fingerprint() {
    return Long.toHexString(
        SplitMix64.fnv1a(options + " " + network + " " + precision + " " + preprocessing));
  }

  private Path checkpointFile() {
    return folder.resolve("checkpoint.safetensors");
  }

  private Path bestFile() {
    return folder.resolve("best.safetensors");
  }
}
