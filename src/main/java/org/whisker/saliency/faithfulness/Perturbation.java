package org.whisker.saliency.faithfulness;

import java.util.Objects;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;

/** A random perturbation of an image, for {@link Infidelity}. */
public sealed interface Perturbation {
  /** The image from which replaced values are taken. */
  PlanarImage replacement(PlanarImage base);

  /** Sample number {@code sample} of the perturbed image. */
  PlanarImage of(PlanarImage base, PlanarImage replacement, long seed, int sample);

  /**
   * Checks that the map can predict the logit after such a perturbation.
   *
   * @throws IllegalArgumentException if not
   */
  void check(SaliencyMap map, Canvas canvas);

  /**
   * Additive Gaussian noise on every pixel, the same in each plane, not clipped to [0, 1].
   *
   * @param sigma standard deviation in gray values, above 0
   */
  record Gaussian(double sigma) implements Perturbation {
    public Gaussian {
      Inputs.above0("sigma", sigma);
    }

    @Override
    public PlanarImage replacement(PlanarImage base) {
      return base;
    }

    @Override
    public PlanarImage of(PlanarImage base, PlanarImage replacement, long seed, int sample) {
      SplitMix64 random = SplitMix64.stream(seed, "infidelity", sample);
      float[] values = base.values();
      for (int pixel = 0; pixel < base.canvas().pixels(); pixel++) {
        float noise = (float) (sigma * random.nextGaussian());
        for (int i = pixel; i < values.length; i += base.canvas().pixels()) {
          values[i] += noise;
        }
      }
      return base.with(values);
    }

    @Override
    public void check(SaliencyMap map, Canvas canvas) {
      if (!map.sign().isOfWhite()) {
        throw new IllegalArgumentException(
            map.method() + " is no gradient: test it with squares, not with noise");
      }
    }
  }

  /**
   * Replaces one square at a uniform position inside the canvas. Pixels near the border lie in
   * fewer squares.
   *
   * @param side in pixels, at least 1
   * @param fill replacement of the square
   */
  record Square(int side, Fill fill) implements Perturbation {
    public Square {
      Inputs.atLeast(1, "the square's side", side);
      Objects.requireNonNull(fill, "fill");
    }

    @Override
    public PlanarImage replacement(PlanarImage base) {
      return fill.of(base);
    }

    @Override
    public PlanarImage of(PlanarImage base, PlanarImage replacement, long seed, int sample) {
      SplitMix64 random = SplitMix64.stream(seed, "infidelity", sample);
      Canvas canvas = base.canvas();
      int left = random.nextInt(canvas.width() - side + 1);
      int top = random.nextInt(canvas.height() - side + 1);
      float[] values = base.values();
      for (int y = top; y < top + side; y++) {
        for (int x = left; x < left + side; x++) {
          replacement.copyTo(values, canvas.index(x, y));
        }
      }
      return base.with(values);
    }

    @Override
    public void check(SaliencyMap map, Canvas canvas) {
      if (side > Math.min(canvas.width(), canvas.height())) {
        throw new IllegalArgumentException(
            "a " + side + "x" + side + " square is larger than the " + canvas + " canvas");
      }
      if (map.sign() == SignConvention.MAGNITUDE) {
        throw new IllegalArgumentException(
            map.method() + " says how strongly, not which way: it predicts no logit");
      }
    }
  }
}
