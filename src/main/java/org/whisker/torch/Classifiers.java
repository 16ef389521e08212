package org.whisker.torch;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.StoredModel;
import org.whisker.network.CircularPadding;
import org.whisker.network.CutPoints;
import org.whisker.network.FoldedBatchNorm;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.network.PlaceChange;
import org.whisker.network.PlaceOperation;
import org.whisker.network.TokenOperation;
import org.whisker.network.Window.Padding;
import org.whisker.weights.BatchNormFolding;
import org.whisker.weights.GrayFolding;
import org.whisker.weights.InitialWeights;
import org.whisker.weights.Layouts;
import org.whisker.weights.Weights;

/**
 * Builds scoring classifiers from a model's card and weights: batch norm folded, gray input.
 * Pictures in colours are shown to a network with all its channels, where it sees them.
 */
public final class Classifiers {
  private Classifiers() {}

  /**
   * Opens any stored model, including TorchScript modules.
   *
   * @throws ModuleClassifier.ModuleException for a module that this libtorch cannot load, or for a
   *     precision other than float32
   */
  public static DifferentiableClassifier openAny(StoredModel model, TorchClassifier.Settings run)
      throws IOException {
    return model.card().isModule()
        ? new ModuleClassifier(model.card(), model.file(), run)
        : open(model, run);
  }

  /**
   * Opens a stored model whose layers are known, as described on its card.
   *
   * @throws UnknownLayersException for a TorchScript module; see {@link #openAny}
   */
  public static TorchClassifier open(StoredModel model, TorchClassifier.Settings run)
      throws IOException {
    return of(model.card(), model.weights(), run);
  }

  /** Opens a stored model with a padding other than that of its training. */
  public static TorchClassifier open(
      StoredModel model, Padding padding, TorchClassifier.Settings run) throws IOException {
    return of(model.card(), model.weights(), padding, run);
  }

  /**
   * Opens a stored model with its last layers randomised, for the parameter-randomisation check of
   * saliency maps (see {@link InitialWeights#randomisedWeights}).
   *
   * @param last number of layers, from the output down, whose weights are randomised; with all of
   *     {@link InitialWeights#layers}, the network is untrained
   * @param seed the seed of the random weights; with the training seed, these are the initial
   *     weights of the training
   * @throws IllegalArgumentException if there are fewer layers
   */
  public static TorchClassifier openRandomised(
      StoredModel model, int last, long seed, TorchClassifier.Settings run) throws IOException {
    Network network = Networks.of(model.card());
    Weights fitted = Layouts.fit(model.weights(), network.parameters());
    Weights drawn = InitialWeights.randomisedWeights(network, fitted, last, seed);
    return of(model.card(), drawn, run);
  }

  /** Opens a stored model's network before any training. */
  public static TorchClassifier openUntrained(
      StoredModel model, long seed, TorchClassifier.Settings run) throws IOException {
    return openRandomised(
        model, InitialWeights.layers(Networks.of(model.card())).size(), seed, run);
  }

  public static TorchClassifier of(ModelCard card, Weights weights, TorchClassifier.Settings run)
      throws IOException {
    return of(card, weights, Networks.of(card), run);
  }

  /**
   * The classifier of a card and its weights, under another padding.
   *
   * @throws IOException naming the tensor when the weights do not fit the card's network
   * @throws IllegalArgumentException when the network's feature maps are too small for {@code
   *     padding}
   */
  public static TorchClassifier of(
      ModelCard card, Weights weights, Padding padding, TorchClassifier.Settings run)
      throws IOException {
    return of(card, weights, Networks.of(card).withPadding(padding), run);
  }

  private static TorchClassifier of(
      ModelCard card, Weights weights, Network network, TorchClassifier.Settings run)
      throws IOException {
    return of(card, weights, network, UnaryOperator.identity(), run);
  }

  /**
   * The classifier of a card and its weights, of a changed network.
   *
   * @param change the change of the network as it is run, by which no weight changes
   */
  private static TorchClassifier of(
      ModelCard card,
      Weights weights,
      Network network,
      UnaryOperator<Network> change,
      TorchClassifier.Settings run)
      throws IOException {
    FoldedModel folded = FoldedModel.of(network, weights, card.preprocessing());
    boolean isGray = folded.network().input().channels() < network.input().channels();
    Supplier<TorchClassifier> unfolded = () -> unfolded(card, weights, network, change, run);
    return folded.open(
        card, change, run, isGray && card.planes() > 1 ? Optional.of(unfolded) : Optional.empty());
  }

  private static TorchClassifier unfolded(
      ModelCard card,
      Weights weights,
      Network network,
      UnaryOperator<Network> change,
      TorchClassifier.Settings run) {
    try {
      Weights fitted = Layouts.fit(weights, network.parameters());
      return FoldedModel.inColour(network, fitted).open(card, change, run, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // they fitted before
    }
  }

  /**
   * Opens a stored model in parts, to stop at a layer and to go on from activations.
   *
   * @throws UnknownLayersException for a TorchScript module
   */
  public static ActivationClassifier openCut(StoredModel model, TorchClassifier.Settings run)
      throws IOException {
    return openCut(model, UnaryOperator.identity(), run);
  }

  /**
   * Opens a stored model in parts, with a changed network.
   *
   * @param change the change of the network as it is run, by which no weight changes
   */
  public static ActivationClassifier openCut(
      StoredModel model, UnaryOperator<Network> change, TorchClassifier.Settings run)
      throws IOException {
    return cut(model, change, CutPoints::of, run);
  }

  private static CutNetwork cut(
      StoredModel model,
      UnaryOperator<Network> change,
      Function<Network, CutPoints> points,
      TorchClassifier.Settings run)
      throws IOException {
    ModelCard card = model.card();
    FoldedModel folded = FoldedModel.inItsPlanes(model);
    Network network = change.apply(folded.network());
    return new CutNetwork(
        card.name(),
        network,
        points.apply(network),
        folded.weights(),
        card.preprocessing(),
        run,
        card.planes());
  }

  /**
   * Opens a stored transformer in parts, at {@link CutPoints#ofTokens}.
   *
   * @param alike whether constants by token that are added before any attention, such as a position
   *     embedding, are averaged over places
   */
  public static ActivationClassifier openTokens(
      StoredModel model, boolean alike, TorchClassifier.Settings run) throws IOException {
    List<String> embedding =
        Networks.of(model.card()).nodes().stream()
            .takeWhile(node -> !(node.layer() instanceof TokenOperation.Product))
            .map(Network.Node::name)
            .toList();
    StoredModel seen = alike ? model.withTokensAlike(embedding, 0) : model;
    return cut(seen, UnaryOperator.identity(), CutPoints::ofTokens, run);
  }

  /**
   * Opens a stored model without what tells it of places.
   *
   * @param padding whether every window wraps around, also those that are not padded
   * @param head whether each logit is the mean over all rolls of the last feature map; where the
   *     head reads several maps, their weights by position read means
   * @param others layers whose operation is averaged over its rolls; see {@link PlaceChange}
   * @throws IllegalArgumentException if that can't be done with its layers
   */
  public static Classifier openBlind(
      StoredModel model,
      boolean padding,
      boolean head,
      Set<String> others,
      TorchClassifier.Settings run)
      throws IOException {
    ModelCard card = model.card();
    Network network = Networks.of(card);
    Set<String> averaged = new HashSet<>(others);
    boolean rolls = head && CutPoints.isHeadCut(network);
    if (head && !rolls) {
      averaged.addAll(heads(network));
    }
    UnaryOperator<Network> change =
        each -> PlaceChange.averaged(padding ? CircularPadding.everywhere(each) : each, averaged);
    return rolls
        ? openAveraged(model, change, run)
        : of(card, model.weights(), network, change, run);
  }

  /** All that reads positions by weights of its own behind several maps. */
  private static List<String> heads(Network network) {
    List<PlaceOperation> heads = PlaceOperation.heads(network);
    if (PlaceChange.averageable(network, heads).size() < heads.size()) {
      throw new IllegalArgumentException("its head reads more than the last feature map");
    }
    return heads.stream().map(PlaceOperation::layer).toList();
  }

  /**
   * Opens a stored model of a changed network, each logit the mean over all rolls of the last
   * feature map.
   *
   * @param change the change of the network as it is run, by which no weight changes
   * @throws IllegalArgumentException if the head reads more than that map
   */
  public static Classifier openAveraged(
      StoredModel model, UnaryOperator<Network> change, TorchClassifier.Settings run)
      throws IOException {
    ModelCard card = model.card();
    FoldedModel folded = FoldedModel.inItsPlanes(model);
    return CutNetwork.withAveragedHead(
        card.name(),
        change.apply(folded.network()),
        folded.weights(),
        card.preprocessing(),
        run,
        card.planes());
  }

  /**
   * Opens a stored model in which some of the padding wraps around.
   *
   * @param circular changes its padding, see {@link CircularPadding}
   * @throws IllegalArgumentException for a stage without padding, or maps too small to be wrapped
   */
  public static TorchClassifier openCircular(
      StoredModel model, UnaryOperator<Network> circular, TorchClassifier.Settings run)
      throws IOException {
    ModelCard card = model.card();
    return of(card, model.weights(), Networks.of(card), circular, run);
  }

  /** The engine and its version, such as {@code PyTorch 2.5.1}. */
  public static String engine() {
    Engine engine = NativeCache.engine();
    return engine.getEngineName() + " " + engine.getVersion();
  }

  /**
   * A network and its weights as they are run: batch norm is folded into the convolutions, and the
   * input has one channel if all channels have the same preprocessing.
   *
   * @param folds the folded batch norms, by the name of the convolution that absorbed them
   */
  record FoldedModel(Network network, Map<String, Node> folds, Weights weights) {
    /**
     * Folds a network.
     *
     * @throws IOException naming the tensor that does not fit
     */
    static FoldedModel of(Network network, Weights weights, Preprocessing preprocessing)
        throws IOException {
      Weights fitted = Layouts.fit(weights, network.parameters());
      GrayFolding gray =
          network.input().channels() > 1 && preprocessing.isUniform() && network.canBeGray()
              ? GrayFolding.of(network, fitted)
              : new GrayFolding(network, fitted);
      return inColour(gray.network(), gray.weights());
    }

    /** With all channels where the network sees colours. */
    static FoldedModel inItsPlanes(StoredModel model) throws IOException {
      Network network = Networks.of(model.card());
      return model.card().planes() > 1
          ? inColour(network, Layouts.fit(model.weights(), network.parameters()))
          : of(network, model.weights(), model.card().preprocessing());
    }

    /**
     * Folds batch norm alone, so that the input keeps all channels; the weights fit the network.
     */
    static FoldedModel inColour(Network network, Weights weights) {
      BatchNormFolding folded = BatchNormFolding.of(network, weights);
      return new FoldedModel(
          folded.network(), FoldedBatchNorm.of(network).folds(), folded.weights());
    }

    private TorchClassifier open(
        ModelCard card,
        UnaryOperator<Network> change,
        TorchClassifier.Settings run,
        Optional<Supplier<TorchClassifier>> unfolded) {
      return new TorchClassifier(
          card.name(),
          change.apply(network),
          folds,
          weights,
          card.preprocessing(),
          run,
          card.planes(),
          unfolded);
    }
  }
}
