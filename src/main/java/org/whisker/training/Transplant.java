package org.whisker.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.StoredModel;
import org.whisker.image.PlanarImage;
import org.whisker.network.CutPoints.HeadSplit;
import org.whisker.network.FreshHead;
import org.whisker.network.Layer;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Window.Padding;
import org.whisker.option.Records;
import org.whisker.value.Checks;
import org.whisker.weights.GrayFolding;
import org.whisker.weights.InitialWeights;
import org.whisker.weights.Layouts;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * A stored model prepared for fine-tuning. Its last linear layer, whatever its outputs were, is
 * replaced by one logit against the target with fresh weights: {@code classifier.6} of a VGG-16
 * ({@code classifier} where the head is pooled), {@code classif} of an Inception-ResNet v2. The two
 * hidden layers of a VGG-16 are kept. Where it ends otherwise, as a MobileNet v1 does, or where
 * another {@link FreshHead} is asked for, all behind the map that the head reads is replaced. Its
 * preprocessing is also kept, since the weights were trained with it.
 *
 * <p>Three channels with the same preprocessing become one, with the first layer's weights summed
 * over them, which is exact for gray. Channels with different means remain three, each with the
 * same gray input: folded, zero padding would represent a different gray at the border. For colours
 * all three stay.
 *
 * @param network with one logit
 * @param weights exactly the network's
 */
public record Transplant(
    Architecture architecture,
    ModelCard.Input input,
    Preprocessing preprocessing,
    Network network,
    Weights weights) {
  /**
   * The options that may differ from the model.
   *
   * @param colour whether all its channels are kept, for the colours of photos
   * @param head in place of the model's; empty: its own layers up to the last linear one, or a
   *     pooled one where it does not end in such a layer
   */
  public record Changes(
      int size, Padding padding, double dropout, boolean colour, Optional<FreshHead> head) {
    /**
     * The size, padding and dropout that the model has.
     *
     * @throws UnknownLayersException if its layers are unknown
     */
    public static Changes none(ModelCard card) {
      Architecture architecture = card.architecture();
      Padding padding = card.padding();
      if (architecture == null || padding == null) {
        throw new UnknownLayersException(card.name());
      }
      return new Changes(
          card.input().height(), padding, architecture.dropout(), false, Optional.empty());
    }
  }

  /**
   * Prepares a model.
   *
   * @param seed the seed of the new layer
   * @throws UnknownLayersException for a TorchScript module
   * @throws IOException naming the tensor that does not fit the model's card
   * @throws IllegalArgumentException when the size is too small for the network
   */
  public static Transplant of(StoredModel model, Changes changes, long seed) throws IOException {
    ModelCard card = model.card();
    Architecture from = card.architecture();
    if (from == null) {
      throw new UnknownLayersException(card.name());
    }
    Network donor = Networks.of(from, card.input(), card.output().size());
    Weights fitted = Layouts.fit(model.weights(), donor.parameters());
    Checks.refuse(
        changes.colour() && card.input().channels() != PlanarImage.COLOURS,
        "it has %d channel(s), --colour needs %d; leave it out",
        card.input().channels(),
        PlanarImage.COLOURS);
    boolean fold =
        !changes.colour()
            && card.input().channels() > 1
            && card.preprocessing().isUniform()
            && donor.canBeGray();
    int channels = fold ? 1 : card.input().channels();
    ModelCard.Input input = new ModelCard.Input(channels, changes.size(), changes.size());
    Architecture architecture = architecture(from, donor, input, changes);
    Network network = Networks.of(architecture, input, 1).withPadding(changes.padding());
    Weights body = fold ? GrayFolding.of(donor, fitted).weights() : fitted;
    return new Transplant(
        architecture,
        input,
        fold ? single(card.preprocessing()) : card.preprocessing(),
        network,
        withNewHead(network, body, seed));
  }

  /**
   * Weights for a network that shares its convolutional layers with another: its linear layers are
   * initialised anew.
   *
   * @param body the other's weights, by the same names
   * @param seed the seed of the new layers
   */
  public static Weights withNewLinear(Network network, Weights body, long seed) {
    Set<String> linear =
        network.nodes().stream()
            .filter(node -> node.layer() instanceof Layer.Linear)
            .flatMap(node -> node.parameters().stream())
            .map(Parameter::name)
            .collect(Collectors.toSet());
    return withNew(network.parameters(), linear, body, seed);
  }

  private static Architecture architecture(
      Architecture from, Network donor, ModelCard.Input input, Changes changes) {
    if (changes.head().isEmpty()
        && donor.nodes().get(donor.nodes().size() - 1).layer() instanceof Layer.Linear) {
      return Records.changed(from, Architecture::dropout).to(changes.dropout());
    }
    FreshHead head = changes.head().orElse(new FreshHead(FreshHead.Form.POOLED, Optional.empty()));
    FeatureShape shape = new FeatureShape(input.channels(), input.height(), input.width());
    return Architecture.imported(head.on(donor, shape, changes.dropout()));
  }

  private static Preprocessing single(Preprocessing uniform) {
    return new Preprocessing(uniform.mean().get(0), uniform.sd().get(0));
  }

  private static Weights withNewHead(Network network, Weights body, long seed) {
    Set<String> head =
        HeadSplit.of(network).head().parameters().stream()
            .map(Parameter::name)
            .collect(Collectors.toSet());
    return withNew(network.parameters(), head, body, seed);
  }

  private static Weights withNew(List<Parameter> all, Set<String> fresh, Weights body, long seed) {
    Map<String, Tensor> kept = new TreeMap<>();
    List<Parameter> drawn = new ArrayList<>();
    for (Parameter p : all) {
      if (fresh.contains(p.name())) {
        drawn.add(p);
      } else {
        kept.put(p.name(), new Tensor(p.shape(), body.floats(p.name())));
      }
    }
    return InitialWeights.of(drawn, seed).over(Weights.of(kept));
  }
}
