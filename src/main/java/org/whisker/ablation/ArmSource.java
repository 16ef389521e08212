package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.input.TransformedClassifier;
import org.whisker.ablation.input.TransformedClassifier.Background;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.LockStep.LockStepNetworks;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.position.ProbeMap;
import org.whisker.random.SplitMix64;
import org.whisker.stats.ToroidalShift;

/** The opened network variant of an arm, behind its input transform. */
final class ArmSource implements AutoCloseable {
  private final InputTransform transform;
  private final Canvas canvas;
  private final int batch;
  private final @Nullable LockStepNetworks networks;
  private final @Nullable PixelRefund refund;

  private ArmSource(
      InputTransform transform,
      Canvas canvas,
      int batch,
      @Nullable LockStepNetworks networks,
      @Nullable PixelRefund refund) {
    this.transform = transform;
    this.canvas = canvas;
    this.batch = batch;
    this.networks = networks;
    this.refund = refund;
  }

  /**
   * Opens the network, unless the fitness is flat, and measures what it and the transform need.
   *
   * @param probed receives the number of single pixels that have been probed
   */
  static ArmSource open(
      AblationArm arm, AblatedModel model, int batch, IntConsumer probed, BooleanSupplier stopped) {
    InputTransform transform = arm.transform();
    Canvas canvas = model.canvas();
    if (arm.isFlat()) {
      return new ArmSource(transform, canvas, batch, null, null);
    }
    boolean isRefunded = transform instanceof InputTransform.Refunded;
    Optional<ProbeMap> stored =
        isRefunded && arm.variant() instanceof ModelVariant.AsStored
            ? Optional.of(model.probe(batch, probed, stopped))
            : Optional.empty();
    if (arm.variant() instanceof ModelVariant.Fitted) {
      model.probe(batch, probed, stopped); // it is kept; opening a surrogate can't be stopped
    }
    LockStepNetworks networks = networks(model, arm.variant());
    try {
      Classifier exact = networks.exact();
      PixelRefund refund =
          transform instanceof InputTransform.Refunded refunded
              ? PixelRefund.of(
                  stored.orElseGet(() -> PixelRefund.probe(exact, batch, probed, stopped)),
                  LogitSource.of(exact, batch),
                  refunded.seed())
              : null;
      return new ArmSource(transform, canvas, batch, networks, refund);
    } catch (RuntimeException | Error e) {
      networks.close();
      throw e;
    }
  }

  private static LockStepNetworks networks(AblatedModel model, ModelVariant variant) {
    Classifier exact = model.open(variant);
    try {
      return new LockStepNetworks(exact, model.openToSearch(variant));
    } catch (RuntimeException | Error e) {
      exact.close();
      throw e;
    }
  }

  Canvas canvas() {
    return canvas;
  }

  /** A run's part in the network; empty under a flat fitness. Close it when the run ends. */
  Optional<Classifier> enter() {
    return Optional.ofNullable(networks).map(LockStepNetworks::enter);
  }

  /**
   * The scores of a run.
   *
   * @param part the part of the run in the network, if there is one
   */
  LogitSource scores(Optional<Classifier> part, long seed, Tones tones) {
    return part.map(network -> scores(network, seed, tones)).orElseGet(() -> LogitSource.flat(0));
  }

  private LogitSource scores(Classifier part, long seed, Tones tones) {
    LogitSource scores = transformed(part, seed, tones);
    if (transform instanceof InputTransform.Rolled) {
      return RolledLogits.drawn(scores, canvas, seed);
    }
    return refund != null && transform instanceof InputTransform.Refunded refunded
        ? refund.as(refunded.kind(), seed).takenOff(scores)
        : scores;
  }

  /**
   * Scores images by this part of the network; what is reported comes from the exact network if
   * there is another.
   */
  private LogitSource transformed(Classifier part, long seed, Tones tones) {
    LogitSource search = LogitSource.of(transformed(part, seed), batch, tones);
    return Optional.ofNullable(networks)
        .flatMap(LockStepNetworks::reported)
        .map(exact -> search.reporting(LogitSource.of(transformed(exact, seed), batch, tones)))
        .orElse(search);
  }

  private Classifier transformed(Classifier model, long seed) {
    InputTransform last = transform instanceof InputTransform.Rolled roll ? roll.then() : transform;
    if (last instanceof InputTransform.Noise noise) {
      return on(Background.noise(canvas, noise.low(), seed), model);
    }
    if (last instanceof InputTransform.OnPhotos on) {
      return on(on.of(seed), model);
    }
    return model;
  }

  private Classifier on(float[] grays, Classifier model) {
    return viewed(model, picture -> new Background(picture, grays));
  }

  private Classifier viewed(Classifier model, UnaryOperator<Raster> change) {
    return new TransformedClassifier(
        model, model.name() + " (" + transform.label() + ")", canvas, change);
  }

  /** The logit of the empty canvas; empty under a flat fitness. */
  OptionalDouble bare(LogitSource scores) {
    return networks == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(scores.exact().logits(List.of(BlackPixels.none(canvas)))[0]);
  }

  boolean asksNetwork() {
    return networks != null;
  }

  @Override
  public void close() {
    if (networks != null) {
      networks.close();
    }
  }

  /**
   * The scores of images that are rolled over the borders before the network sees them, to the
   * right by {@code dx} and down by {@code dy}. The search does not know the offset, so the fitness
   * is exactly as difficult as without it; on average over all offsets it has no preferred
   * position.
   */
  record RolledLogits(LogitSource scores, Canvas canvas, int dx, int dy) implements LogitSource {
    /** An offset drawn from the seed, uniformly over the canvas. */
    static RolledLogits drawn(LogitSource scores, Canvas canvas, long seed) {
      SplitMix64 random = SplitMix64.stream(seed, "ablate roll", 0);
      int dx = random.nextInt(canvas.width());
      return new RolledLogits(scores, canvas, dx, random.nextInt(canvas.height()));
    }

    private BlackPixels rolled(BlackPixels image) {
      return ToroidalShift.shift(image, dx, dy);
    }

    private int rolled(int pixel) {
      return canvas.index(
          (canvas.x(pixel) + dx) % canvas.width(), (canvas.y(pixel) + dy) % canvas.height());
    }

    @Override
    public float[] logits(List<BlackPixels> genomes) {
      return scores.logits(genomes.stream().map(this::rolled).toList());
    }

    @Override
    public float[] flipped(BlackPixels image, int[] pixels) {
      return scores.flipped(rolled(image), IntStream.of(pixels).map(this::rolled).toArray());
    }

    @Override
    public int batch() {
      return scores.batch();
    }

    @Override
    public LogitSource exact() {
      LogitSource exact = scores.exact();
      return exact == scores ? this : new RolledLogits(exact, canvas, dx, dy);
    }
  }
}
