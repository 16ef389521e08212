package org.whisker.network;

import java.util.Optional;
import org.whisker.network.Network.FeatureShape;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;

/**
 * A new head of one logit, in place of all that a network does behind one of its maps.
 *
 * @param form how it reads the map
 * @param features the layer or stage whose map it reads; empty: the map that the network's own head
 *     reads
 */
public record FreshHead(Form form, Optional<String> features) {
  public enum Form implements Labelled {
    /** Each channel averaged over its places. */
    POOLED,
    /** Each value of the map by itself, so that the head knows places. */
    FLATTENED;

    /**
     * Reads the word that users type.
     *
     * @throws IllegalArgumentException for another word
     */
    public static Form parse(String label) {
      return Labelled.parse("--head", values(), label);
    }
  }

  /**
   * The layers of a network up to the map, with this head behind them.
   *
   * @param input the shape of the input that the new network takes
   * @param dropout the probability of dropout before the linear layer, in [0, 1)
   * @throws IllegalArgumentException when there is no such layer, when layers behind it read others
   *     as well, or when the input does not fit
   */
  public Network on(Network network, FeatureShape input, double dropout) {
    int at = features.map(network::position).orElseGet(network::headMap);
    String layer = network.nodes().get(at).name();
    Checks.require(
        at > 0 && at < network.nodes().size() - 1 && CutPoints.isCut(network, at),
        "no head can read %s alone; take one of %s",
        layer,
        CutPoints.of(network).names());
    Network body = Resized.of(network.upTo(at), input, 0);
    Network vector =
        form == Form.POOLED
            ? body.withLast("head.pool", new Layer.AdaptiveAvgPool(1))
                .withLast("head.flatten", new Layer.Flatten())
            : body.withLast("head.flatten", new Layer.Flatten());
    int length = Math.toIntExact(vector.output().shape().size());
    Network dropped =
        dropout > 0 ? vector.withLast("head.dropout", new Layer.Dropout(dropout)) : vector;
    return dropped.withLast("head.logit", new Layer.Linear(length, 1));
  }
}
