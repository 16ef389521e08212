package org.whisker.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.image.Raster;
import org.whisker.network.Network.FeatureShape;
import org.whisker.value.Checks;

/**
 * Activation of a layer, and sensitivity of the logit to it, by distance from the border of the
 * layer's own grid; over several layers, it shows at which depth the border starts to matter.
 * Values are means over images, channels and the positions of a bin, so bins of different size are
 * comparable. No sign, no baseline.
 *
 * @param layer by name
 * @param bins bins of the edge rank, from the border of the layer's grid inwards
 * @param meanActivation the mean of |output| over the whole layer, in the layer's units
 * @param meanEnergy mean squared derivative of the logit with respect to the layer's output, in
 *     (logits per unit)²
 */
public record LayerProfile(
    String layer, FeatureShape shape, List<Bin> bins, double meanActivation, double meanEnergy) {

  /**
   * One bin of the profile, in the same units.
   *
   * @param relativeActivation ratio to the mean of the layer: 1 is average; empty if the layer is
   *     all zero
   * @param relativeEnergy ratio to the mean energy of the layer: 1 is average; empty if the
   *     gradient is zero
   */
  public record Bin(
      EdgeBin where,
      double activation,
      double energy,
      OptionalDouble relativeActivation,
      OptionalDouble relativeEnergy) {}

  public LayerProfile {
    bins = List.copyOf(bins);
  }

  /**
   * The profiles of layers over images.
   *
   * @param layers such as {@link FeatureClassifier#stages()}, or all {@link
   *     FeatureClassifier#layers()}; each costs one pass. A layer with a single ring has a single
   *     bin.
   * @param parts number of bins of the edge rank, at least 1
   * @param batch images per forward pass, at least 1
   * @throws IllegalArgumentException for an unknown layer, no pictures or pictures of another size
   */
  public static List<LayerProfile> of(
      FeatureClassifier classifier,
      List<String> layers,
      List<? extends Raster> pictures,
      int parts,
      int batch) {
    Checks.refuse(pictures.isEmpty(), "a layer's profile needs at least 1 picture, has 0");
    return layers.stream().map(layer -> of(classifier, layer, pictures, parts, batch)).toList();
  }

  private static LayerProfile of(
      FeatureClassifier classifier,
      String layer,
      List<? extends Raster> pictures,
      int parts,
      int batch) {
    Sums sums = new Sums(classifier.shape(layer));
    BatchedGradients.batchedFeatures(classifier, layer, pictures, batch, sums::add);
    return sums.profile(layer, parts);
  }

  /** Sums over images and channels at each position. */
  private static final class Sums {
    private final FeatureShape shape;
    private final Canvas grid;
    private final double[] activation;
    private final double[] energy;
    private int count;

    Sums(FeatureShape shape) {
      this.shape = shape;
      grid = new Canvas(shape.width(), shape.height());
      activation = new double[grid.pixels()];
      energy = new double[grid.pixels()];
    }

    void add(Features features) {
      count += shape.channels();
      for (int c = 0; c < shape.channels(); c++) {
        for (int i = 0; i < activation.length; i++) {
          double gradient = features.gradient(c, grid.y(i), grid.x(i));
          activation[i] += Math.abs(features.activation(c, grid.y(i), grid.x(i)));
          energy[i] += gradient * gradient;
        }
      }
    }

    LayerProfile profile(String layer, int parts) {
      EdgeBins edge = new EdgeBins(grid, parts);
      double[] active = edge.means(i -> activation[i] / count);
      double[] strong = edge.means(i -> energy[i] / count);
      double meanActive = mean(edge, active);
      double meanStrong = mean(edge, strong);
      List<Bin> bins = new ArrayList<>();
      for (int b = 0; b < active.length; b++) {
        bins.add(
            new Bin(
                edge.bins().get(b),
                active[b],
                strong[b],
                relative(active[b], meanActive),
                relative(strong[b], meanStrong)));
      }
      return new LayerProfile(layer, shape, bins, meanActive, meanStrong);
    }

    private static double mean(EdgeBins edge, double[] ofBins) {
      double sum = 0;
      for (int b = 0; b < ofBins.length; b++) {
        sum += ofBins[b] * edge.bins().get(b).pixels();
      }
      return sum / edge.canvas().pixels();
    }

    private static OptionalDouble relative(double value, double mean) {
      return mean == 0 ? OptionalDouble.empty() : OptionalDouble.of(value / mean);
    }
  }
}
