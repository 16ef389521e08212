package org.whisker.weights;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.whisker.network.Layer.Parameter;
import org.whisker.value.Text;

/**
 * Maps weights to a network's own names and shapes: torchvision's names for VGG-16 ({@code
 * features.0.weight}, {@code classifier.0.weight}) and MobileNet v2 ({@code features.0.0.weight},
 * {@code classifier.1.weight}), and timm's for Inception-ResNet v2 ({@code conv2d_1a.conv.weight},
 * {@code classif.weight}). Other layouts ({@link #foreignNames}) are told by their names. A linear
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
    UnaryOperator<String> names = foreignNames(source.names(), schema);
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
    OptionalInt bad = SafetensorsWriter.firstBeyond(values, Float.POSITIVE_INFINITY);
    if (bad.isPresent()) {
      float value = values.get(bad.getAsInt());
      throw new IOException(
          Text.of(
              "tensor %s of %s holds %s at %d; its training may have failed: take an earlier state",
              name, source.origin(), value, bad.getAsInt()));
    }
  }

  private static void refuseLeftOver(Weights source, Set<String> used) throws IOException {
    Set<String> left = new HashSet<>(source.names());
    left.removeAll(used);
    left.removeIf(name -> name.endsWith("num_batches_tracked"));
    if (!left.isEmpty()) {
      String first = left.stream().min(Comparator.naturalOrder()).orElseThrow();
      String shape = source.shape(first).toString();
      throw unfit(
          source, "the network has no tensor " + SafetensorsHeader.quote(first) + " " + shape);
    }
  }

  private static IOException unfit(Weights source, String why) {
    return new IOException(
        source.origin() + " does not fit the network: " + why + "; check the architecture options");
  }

  /** Shows other weights under other names and shapes. */
  private static final class FittedWeights implements Weights {
    /** The name of a tensor in the other weights, and its shape here. */
    record Source(String name, List<Integer> shape) {}

    private final Weights weights;
    private final SortedMap<String, Source> sources;

    FittedWeights(Weights weights, SortedMap<String, Source> sources) {
      this.weights = weights;
      this.sources = Collections.unmodifiableSortedMap(sources);
    }

    @Override
    public Set<String> names() {
      return sources.keySet();
    }

    @Override
    public List<Integer> shape(String name) {
      return source(name).shape();
    }

    @Override
    public FloatBuffer floats(String name) {
      return weights.floats(source(name).name());
    }

    @Override
    public String origin() {
      return weights.origin();
    }

    private Source source(String name) {
      Source source = sources.get(name);
      if (source == null) {
        throw new NoSuchElementException("no tensor " + name);
      }
      return source;
    }
  }

  private static final Pattern BLOCK = Pattern.compile("features\\.(\\d+)\\.conv\\.(.+)\\.(\\w+)");
  private static final int[] BLOCKS_OF_STAGE = {1, 2, 3, 4, 3, 3, 1};

  /**
   * The names that others give to a network's tensors:
   *
   * <ul>
   *   <li>timm's VGG-16: {@code pre_logits.fc1}, {@code pre_logits.fc2} and {@code head.fc} are
   *       {@code classifier.0}, {@code .3} and {@code .6}
   *   <li>timm's MobileNet v2: {@code conv_stem}, {@code bn1}, {@code blocks.1.0.conv_pw}, …,
   *       {@code conv_head}, {@code bn2}, {@code classifier}
   *   <li>layers numbered in their order, as conversions from TensorFlow Lite leave them: {@code
   *       conv00}, {@code conv01}, …; the last is the linear layer
   * </ul>
   *
   * <p>The map from our names to those of the layout that these names are of.
   *
   * @param names the names of the tensors that there are
   * @param schema ours, in the order of the layers
   */
  private static UnaryOperator<String> foreignNames(Set<String> names, List<Parameter> schema) {
    if (names.stream().anyMatch(n -> n.startsWith("pre_logits."))) {
      return Layouts::timmVgg;
    } else if (names.contains("conv_stem.weight")) {
      return Layouts::timmMobileNet;
    } else if (names.contains("conv00.weight")) {
      return numbered(schema);
    }
    return UnaryOperator.identity();
  }

  private static String timmVgg(String ours) {
    return ours.replaceFirst("^classifier\\.0\\.", "pre_logits.fc1.")
        .replaceFirst("^classifier\\.3\\.", "pre_logits.fc2.")
        .replaceFirst("^classifier\\.6\\.", "head.fc.");
  }

  private static String timmMobileNet(String ours) {
    Matcher block = BLOCK.matcher(ours);
    if (block.matches()) {
      int index = Integer.parseInt(block.group(1));
      return timmBlock(index) + "." + timmPart(index, block.group(2)) + "." + block.group(3);
    }
    return ours.replaceFirst("^features\\.0\\.0\\.", "conv_stem.")
        .replaceFirst("^features\\.0\\.1\\.", "bn1.")
        .replaceFirst("^features\\.18\\.0\\.", "conv_head.")
        .replaceFirst("^features\\.18\\.1\\.", "bn2.")
        .replaceFirst("^classifier\\.1\\.", "classifier.");
  }

  /** {@code features.1} is {@code blocks.0.0}, {@code features.2} is {@code blocks.1.0}. */
  private static String timmBlock(int index) {
    int within = index - 1;
    int stage = 0;
    while (stage < BLOCKS_OF_STAGE.length - 1 && within >= BLOCKS_OF_STAGE[stage]) {
      within -= BLOCKS_OF_STAGE[stage++];
    }
    return "blocks." + stage + "." + within;
  }

  /** The first block does not widen, so that its parts are one fewer. */
  private static String timmPart(int index, String part) {
    String kind = index == 1 ? "first " + part : part;
    return switch (kind) {
      case "0.0" -> "conv_pw";
      case "first 0.0", "1.0" -> "conv_dw";
      case "first 1" -> "conv_pw";
      case "2" -> "conv_pwl";
      case "first 0.1", "0.1" -> "bn1";
      case "first 2", "1.1" -> "bn2";
      case "3" -> "bn3";
      default -> part;
    };
  }

  private static UnaryOperator<String> numbered(List<Parameter> schema) {
    Set<String> layers = new LinkedHashSet<>();
    schema.forEach(parameter -> layers.add(layer(parameter.name())));
    List<String> order = new ArrayList<>(layers);
    return ours ->
        Text.of("conv%02d%s", order.indexOf(layer(ours)), ours.substring(layer(ours).length()));
  }

  private static String layer(String tensor) {
    return tensor.substring(0, tensor.lastIndexOf('.'));
  }
}
