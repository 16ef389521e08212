package org.whisker.weights;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.whisker.network.Parameter;

/**
 * Maps weights to a network's own names and shapes: torchvision's names for VGG-16 ({@code
 * features.0.weight}, {@code classifier.0.weight}) and MobileNet v2 ({@code features.0.0.weight},
 * {@code classifier.1.weight}), and timm's for Inception-ResNet v2 ({@code conv2d_1a.conv.weight},
 * {@code classif.weight}). Other layouts ({@link ForeignNames}) are told by their names. A linear
 * layer may be written as a convolution over its whole input there.
 */
public final class Layouts {
  private Layouts() {}

  /**
   * The tensors of a schema, found in {@code source} under our names or those of another layout.
   * Batch counters are ignored; nothing is copied.
   *
   * @throws IOException naming the first tensor that is missing, of another shape, or not finite
   *     (in the schema's order), or the first superfluous one (by name)
   */
  public static Weights fit(Weights source, List<Parameter> schema) throws IOException {
    UnaryOperator<String> names = ForeignNames.of(source.names(), schema);
    TreeMap<String, FittedWeights.Source> found = new TreeMap<>();
    for (Parameter parameter : schema) {
      String name = names.apply(parameter.name());
      requirePresent(source, name, parameter);
      requireShape(source, name, parameter);
      requireFinite(source, name);
      found.put(parameter.name(), new FittedWeights.Source(name, parameter.shape()));
    }
    refuseLeftOver(
        source,
        found.values().stream().map(FittedWeights.Source::name).collect(Collectors.toSet()));
    return new FittedWeights(source, found);
  }

  private static void requirePresent(Weights source, String name, Parameter parameter)
      throws IOException {
    if (!source.names().contains(name)) {
      throw unfit(source, "tensor " + name + " is missing (shape " + parameter.shape() + ")");
    }
  }

  private static void requireShape(Weights source, String name, Parameter parameter)
      throws IOException {
    List<Integer> shape = source.shape(name);
    boolean same = shape.equals(parameter.shape());
    boolean renamed = !name.equals(parameter.name());
    if (!same && !(renamed && flattened(shape).equals(widened(parameter.shape())))) {
      throw unfit(
          source,
          "tensor " + name + " has shape " + shape + ", the network needs " + parameter.shape());
    }
  }

  /** The shape, as a linear layer, of a convolution over its whole input. */
  private static List<Long> flattened(List<Integer> shape) {
    return shape.size() == 4
        ? List.of((long) shape.get(0), (long) shape.get(1) * shape.get(2) * shape.get(3))
        : widened(shape);
  }

  private static List<Long> widened(List<Integer> shape) {
    return shape.stream().map(Integer::longValue).toList();
  }

  private static void requireFinite(Weights source, String name) throws IOException {
    var values = source.floats(name);
    OptionalInt bad = Finite.firstBeyond(values, Float.POSITIVE_INFINITY);
    if (bad.isPresent()) {
      float value = values.get(bad.getAsInt());
      throw unfit(source, "tensor " + name + " holds " + value + " at " + bad.getAsInt());
    }
  }

  private static void refuseLeftOver(Weights source, Set<String> used) throws IOException {
    Set<String> left = new HashSet<>(source.names());
    left.removeAll(used);
    left.removeIf(name -> name.endsWith("num_batches_tracked"));
    if (!left.isEmpty()) {
      String first = left.stream().min(Comparator.naturalOrder()).orElseThrow();
      String shape = source.shape(first).toString();
      throw unfit(source, "the network has no tensor " + Damage.quote(first) + " " + shape);
    }
  }

  private static IOException unfit(Weights source, String why) {
    return new IOException(
        source.origin() + " does not fit the network: " + why + "; check the architecture options");
  }
}
