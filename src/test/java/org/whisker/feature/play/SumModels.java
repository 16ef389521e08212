package org.whisker.feature.play;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.PlayModels.ModelOffer;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.Window.Padding;

/**
 * Two classifiers that are sums: each dark pixel adds its distance from the left border, or takes
 * it away. A test can hold them up and see how many are open.
 */
public final class SumModels implements PlayModels {
  public static final Canvas CANVAS = new Canvas(16, 12);
  public static final String FIRST = "sum";
  public static final String SECOND = "difference";

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger scored = new AtomicInteger();
  private volatile @Nullable Error failure;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** The logit against the target that the first one gives. */
  public static double logit(Raster picture) {
    float[] gray = picture.grayValues();
    double sum = 0;
    for (int i = 0; i < gray.length; i++) {
      sum += weight(i) * (1 - gray[i]);
    }
    return sum;
  }

  private static double weight(int pixel) {
    return (CANVAS.x(pixel) - 4) / 64.0;
  }

  /** Lets what it holds up go on; closed also when a test fails, so that nothing waits for it. */
  public record Gate(CountDownLatch latch) implements AutoCloseable {
    public void open() {
      latch.countDown();
    }

    @Override
    public void close() {
      open();
    }
  }

  /** From now on, scoring waits until the gate is closed. */
  public Gate hold() {
    gate = new CountDownLatch(1);
    return new Gate(gate);
  }

  public int open() {
    return open.get();
  }

  /** From now on, scoring throws this; nothing where it is null. */
  public void fail(@Nullable Error with) {
    failure = with;
  }

  /** Calls of logits so far, begun ones included. */
  public int scored() {
    return scored.get();
  }

  @Override
  public List<ModelOffer> offers() {
    return List.of(
        new ModelOffer(FIRST, CANVAS, 1, "cat", Optional.of(Padding.ZERO)),
        new ModelOffer(SECOND, CANVAS, 1, "cat", Optional.empty()));
  }

  @Override
  public DifferentiableClassifier open(ModelChoice choice) throws IOException {
    ModelOffer offer = offer(choice.model());
    InvalidRequestException.refuse(
        choice.padding().isPresent() && offer.padding().isEmpty(), "its padding can't be changed");
    open.incrementAndGet();
    return new Sum(choice.model().equals(FIRST) ? 1 : -1);
  }

  private final class Sum implements DifferentiableClassifier {
    private final int sign;

    Sum(int sign) {
      this.sign = sign;
    }

    @Override
    public String name() {
      return "sum";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      scored.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      Error thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) (sign * logit(pictures.get(i)));
      }
      return logits;
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      List<float[]> all = new ArrayList<>();
      for (int p = 0; p < pictures.size(); p++) {
        float[] gradient = new float[CANVAS.pixels()];
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] = (float) (-sign * weight(i));
        }
        all.add(gradient);
      }
      return all;
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
