package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblatedModel.OtherOperation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.diagnosis.DiagnosedNetworks;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.hypothesis.PlaceParts;
import org.whisker.image.Canvas;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.network.Operation.Rearrange;
import org.whisker.network.TokenOperation;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.stats.Verdict;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * Networks in which black pixels cost by place, by an operation that is neither padding nor head.
 */
class OtherPartsTest {
  private static final int SIDE = 32;
  private static final FeatureShape MAP = new FeatureShape(1, SIDE, SIDE);
  private static final String OTHERS = "other operations: ";

  /** A linear layer of the flattened map in a branch, whose number is added everywhere. */
  private static AblatedModel branch(IntToDoubleFunction weight) {
    List<Node> nodes = new ArrayList<>();
    add(nodes, "input", new Layer.Input(MAP));
    add(nodes, "dark", new Layer.Conv(1, 1, Window.square(1, 1, 0), true), 0);
    add(nodes, "flatten", new Layer.Flatten(), 1);
    add(nodes, "linear", new Layer.Linear(SIDE * SIDE, 1), 2);
    add(nodes, "number", new Rearrange(List.of(1), List.of(0), new FeatureShape(1, 1, 1)), 3);
    add(nodes, "sum", new Combine(Combine.Kind.ADD), 1, 4);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("linear.weight", Tensor.of(List.of(1, SIDE * SIDE), each(weight)));
    tensors.put("linear.bias", Tensor.of(List.of(1), 0));
    return model(nodes, tensors);
  }

  /** A map of constants that is added to the picture's and multiplied with it. */
  private static AblatedModel constant(IntToDoubleFunction weight) {
    List<Node> nodes = new ArrayList<>();
    add(nodes, "input", new Layer.Input(MAP));
    add(nodes, "dark", new Layer.Conv(1, 1, Window.square(1, 1, 0), true), 0);
    add(nodes, "zero", new Combine(Combine.Kind.SUB), 1, 1);
    add(nodes, "places", new Operation.Shift(MAP), 2);
    add(nodes, "product", new Combine(Combine.Kind.MUL), 1, 3);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    float[] places = each(weight);
    for (int i = 0; i < places.length; i++) {
      places[i] *= SIDE * SIDE;
    }
    tensors.put("places.bias", Tensor.of(List.of(1, SIDE, SIDE), places));
    return model(nodes, tensors);
  }

  /** The mean of the middle of the map, or of chosen rows, which is added everywhere. */
  private static AblatedModel part(Layer chosen) {
    List<Node> nodes = new ArrayList<>();
    add(nodes, "input", new Layer.Input(MAP));
    add(nodes, "dark", new Layer.Conv(1, 1, Window.square(1, 1, 0), true), 0);
    add(nodes, "part", chosen, 1);
    add(nodes, "number", new Layer.AdaptiveAvgPool(1), 2);
    add(nodes, "weighed", new Layer.Conv(1, 1, Window.square(1, 1, 0), false), 3);
    add(nodes, "sum", new Combine(Combine.Kind.ADD), 1, 4);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weighed.weight", Tensor.of(List.of(1, 1, 1, 1), 30));
    return model(nodes, tensors);
  }

  private static AblatedModel cropped() {
    Operation.Range middle = new Operation.Range(SIDE / 4, SIDE - SIDE / 4, 1);
    return part(new Operation.Cut(Operation.Range.all(1), middle, middle));
  }

  /** The rows of the middle twice, and none of the others. */
  private static AblatedModel reordered() {
    List<Integer> rows = IntStream.range(0, SIDE).map(i -> SIDE / 4 + i / 2).boxed().toList();
    return part(new TokenOperation.Pick(TokenOperation.Axis.ROWS, rows));
  }

  /** Ends in the mean of the last map. */
  private static AblatedModel model(List<Node> nodes, Map<String, Tensor> tensors) {
    int last = nodes.size() - 1;
    add(nodes, "mean", new Layer.AdaptiveAvgPool(1), last);
    add(nodes, "mean.flatten", new Layer.Flatten(), last + 1);
    add(nodes, "logit", new Layer.Linear(1, 1), last + 2);
    tensors.put("dark.weight", Tensor.of(List.of(1, 1, 1, 1), -1));
    tensors.put("dark.bias", Tensor.of(List.of(1), 2));
    tensors.put("logit.weight", Tensor.of(List.of(1, 1), 1));
    tensors.put("logit.bias", Tensor.of(List.of(1), 3));
    Network network = new Network("others", nodes, Map.of(), Padding.ZERO);
    return new StoredAblatedModel(
        DiagnosedNetworks.model("others", network, Padding.ZERO, Weights.of(tensors)),
        TorchClassifier.Settings.cpu(Precision.FLOAT32));
  }

  private static void add(List<Node> nodes, String name, Layer layer, Integer... from) {
    List<FeatureShape> in = Stream.of(from).map(at -> nodes.get(at).shape()).toList();
    nodes.add(new Node(name, layer, List.of(from), layer.output(in)));
  }

  private static float[] each(IntToDoubleFunction weight) {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) weight.applyAsDouble(i);
    }
    return values;
  }

  /** Half a logit in the centre and nothing at the border. */
  private static double radial(int at) {
    int row = at / SIDE;
    double x = 2.0 * (at % SIDE) / (SIDE - 1) - 1;
    double y = 2.0 * row / (SIDE - 1) - 1;
    return 0.125 * (1 - Math.max(Math.abs(x), Math.abs(y)));
  }

  private static Observations observed(AblatedModel model) {
    AblationSetting setting =
        new AblationSetting(
            EvolutionOptions.quick(),
            Canvas.square(SIDE),
            0.5f,
            "zero",
            1,
            3,
            AblationSetting.NO_PHOTOS);
    ArmRuns none = new ArmRuns(AblationArm.control("evolved", "pixels anywhere"), List.of());
    return new PlaceParts().observe(new Observer.Input(none, setting, model, 64, 1, () -> false));
  }

  private static Observation named(Observations seen, String beginning) {
    return seen.observations().stream()
        .filter(each -> each.name().startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatOtherOperationsCostIsMeasured() {
    for (AblatedModel model :
        List.of(branch(OtherPartsTest::radial), constant(OtherPartsTest::radial))) {
      assertEquals(1, model.otherOperations().size());
      assertTrue(model.otherOperations().get(0).averaged());
      Observations seen = observed(model);
      Observation others = named(seen, OTHERS);
      assertEquals(Verdict.SUPPORTED, others.verdict(), others.toString());
      assertEquals(
          named(seen, "own padding, own head").effect(), others.effect(), 0.02, others.toString());
      assertEquals(Verdict.NO_EFFECT, named(seen, "padding and head").verdict());
      assertEquals(List.of(), seen.withheld());
    }
  }

  /**
   * Averaged over eight rolls, which leave a little of the contrast by chance. A crop is averaged
   * in part alone, so that nothing is decided of what is left.
   */
  @Test
  void whatPartOfAMapIsReadIsMeasured() {
    for (AblatedModel model : List.of(cropped(), reordered())) {
      assertEquals(List.of(true), model.otherOperations().stream().map(o -> o.averaged()).toList());
      Observations seen = observed(model);
      double own = named(seen, "own padding, own head").effect();
      Observation others = named(seen, OTHERS);
      assertTrue(own > 0.3, "no plant: " + own);
      assertEquals(Verdict.SUPPORTED, others.verdict(), others.toString());
      assertEquals(own, others.effect(), 0.1 * own, others.toString());
      boolean wholly = model.otherOperations().get(0).wholly();
      assertEquals(others.name().contains("crops"), !wholly);
      assertEquals(wholly, seen.withheld().isEmpty());
    }
  }

  @Test
  void itIsNamedByItsLayer() {
    assertEquals(
        Optional.of(
            new OtherOperation(
                "flatten",
                "reads each position of a map by weights of its own",
                true,
                true,
                false)),
        branch(OtherPartsTest::radial).otherOperations().stream().findFirst());
  }

  /** What differs by rounding alone is 0, and no test finds it. */
  @Test
  void theSameWeightAtEachPlaceCostsNothingMore() {
    for (AblatedModel model : List.of(branch(at -> 0.0371), constant(at -> 0.0371))) {
      Observations seen = observed(model);
      Observation others = named(seen, OTHERS);
      assertEquals(Verdict.NO_EFFECT, others.verdict(), others.toString());
      assertEquals(0, others.effect(), others.toString());
      assertEquals(1, others.p(), others.toString());
    }
  }
}
