package org.whisker.ablation;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;

/** An arm's network in its variant, opened, behind its view. */
final class ArmSource implements AutoCloseable {
  private final Canvas canvas;
  private final int batch;
  private final @Nullable Classifier network;

  private ArmSource(Canvas canvas, int batch, @Nullable Classifier network) {
    this.canvas = canvas;
    this.batch = batch;
    this.network = network;
  }

  /** Opens the network, where the view needs one. */
  static ArmSource open(AblationArm arm, AblatedModel model, int batch) {
    return new ArmSource(
        arm.view().canvas(model.canvas()), batch, arm.isFlat() ? null : model.open(arm.variant()));
  }

  Canvas canvas() {
    return canvas;
  }

  /** The scores of a run. */
  LogitSource scores(long seed, Tones tones) {
    return network == null ? LogitSource.flat(0) : LogitSource.of(network, batch, tones);
  }

  /** The logit of the empty canvas; empty when no network is asked. */
  OptionalDouble bare(LogitSource scores) {
    return network == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(scores.exact().logits(List.of(BlackPixels.none(canvas)))[0]);
  }

  boolean asksNetwork() {
    return network != null;
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }
}
