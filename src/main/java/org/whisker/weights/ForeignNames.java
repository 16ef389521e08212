package org.whisker.weights;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.network.Parameter;

/**
 * The names that others give to a network's tensors:
 *
 * <ul>
 *   <li>timm's VGG-16: {@code pre_logits.fc1}, {@code pre_logits.fc2} and {@code head.fc} are
 *       {@code classifier.0}, {@code .3} and {@code .6}
 *   <li>timm's MobileNet v2: {@code conv_stem}, {@code bn1}, {@code blocks.1.0.conv_pw}, …, {@code
 *       conv_head}, {@code bn2}, {@code classifier}
 *   <li>layers numbered in their order, as conversions from TensorFlow Lite leave them: {@code
 *       conv00}, {@code conv01}, …; the last is the linear layer
 * </ul>
 */
final class ForeignNames {
  private static final Pattern BLOCK = Pattern.compile("features\\.(\\d+)\\.conv\\.(.+)\\.(\\w+)");
  private static final int[] BLOCKS_OF_STAGE = {1, 2, 3, 4, 3, 3, 1};

  private ForeignNames() {}

  /**
   * From our names to those of the layout that these names are of.
   *
   * @param names of the tensors that there are
   * @param schema ours, in the order of the layers
   */
  static UnaryOperator<String> of(Set<String> names, List<Parameter> schema) {
    if (names.stream().anyMatch(n -> n.startsWith("pre_logits."))) {
      return ForeignNames::timmVgg;
    } else if (names.contains("conv_stem.weight")) {
      return ForeignNames::timmMobileNet;
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
        "conv%02d%s".formatted(order.indexOf(layer(ours)), ours.substring(layer(ours).length()));
  }

  private static String layer(String tensor) {
    return tensor.substring(0, tensor.lastIndexOf('.'));
  }
}
