package org.whisker.classifier;

import java.util.List;
import java.util.Optional;
import org.whisker.image.Raster;
import org.whisker.network.Network.FeatureShape;

/** A differentiable classifier whose feature maps are accessible by the names of its layers. */
public interface FeatureClassifier extends DifferentiableClassifier {
  /** The layers that {@link #features} knows, from the input to the logit. */
  List<String> layers();

  /**
   * A subset of layers, to save time: the ends of the network's stages, from the input on. {@link
   * #features} knows these names too.
   */
  default List<String> stages() {
    return layers();
  }

  /**
   * The shape of a layer's feature maps.
   *
   * @throws IllegalArgumentException for an unknown layer, listing those there are
   */
  FeatureShape shape(String layer);

  /**
   * Whether the rows and columns of a layer are places of the picture. Tokens in a row are shown on
   * their grid, without class tokens, as far as attention reads them behind.
   */
  default boolean hasPlaces(String layer) {
    return true;
  }

  /** Its attention between all tokens; empty where it has none, or tokens attend in windows. */
  default Optional<Tokens> tokens() {
    return Optional.empty();
  }

  /**
   * Attention between all tokens.
   *
   * @param attentions layers whose channels are heads, rows queries and columns keys, from the
   *     input on
   * @param places the place of each token on the grid, row by row; below 0 of class tokens
   */
  record Tokens(List<String> attentions, List<Integer> places, FeatureShape grid) {
    public Tokens {
      attentions = List.copyOf(attentions);
      places = List.copyOf(places);
    }
  }

  /**
   * The feature maps of one layer, and the derivative of the logit (of not-cat) with respect to
   * them.
   *
   * @throws IllegalArgumentException for an unknown layer, listing those there are
   */
  List<Features> features(String layer, List<? extends Raster> pictures);

  /**
   * The logits (of not-cat) of a picture with one channel of a layer at 0 each, one a channel.
   *
   * @param channels by their numbers from 0
   * @throws IllegalArgumentException for an unknown layer, listing those there are
   */
  float[] without(String layer, Raster picture, int[] channels);

  /** Feature maps of a picture at a layer; both arrays are channels × rows × columns. */
  interface Features {
    FeatureShape shape();

    /** The layer's output at a position. */
    float activation(int channel, int y, int x);

    /** The derivative of the logit with respect to it: above 0, raising it lowers p(target). */
    float gradient(int channel, int y, int x);
  }

  /**
   * A classifier that can compute input gradients of one position of a feature map; their energy is
   * the effective receptive field (Luo et al., 2016, arXiv:1701.04128).
   */
  public interface UnitGradients extends FeatureClassifier {
    /**
     * The derivative, with respect to each picture's own values, of one position of a layer, summed
     * over its channels: {@code d Σ_c weights[c] · layer[c, y, x] / d gray}.
     *
     * @param channelWeights one per channel: all 1 for the plain sum; random signs so that channels
     *     do not cancel each other; a single 1 for one unit
     * @return one array per picture, row-major over {@link #canvas()}, plane after plane where it
     *     sees the picture's colours, in the layer's units per full black-to-white step
     * @throws IllegalArgumentException for an unknown layer, a position outside its grid, or a
     *     wrong number of weights
     */
    List<float[]> unitGradients(
        String layer, int y, int x, float[] channelWeights, List<? extends Raster> pictures);
  }
}
