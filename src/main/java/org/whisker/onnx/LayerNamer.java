package org.whisker.onnx;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.onnx.graph.GraphNode;

/**
 * Names of layers, from those in the file. PyTorch names nodes by the path of their module ({@code
 * /layer1/layer1.0/conv1/Conv} is {@code layer1.0.conv1}), and weights too; what else a name holds
 * becomes an underscore, since tensors are named after it.
 */
final class LayerNamer {
  private static final int LONGEST = 120;

  /** Operators that belong to no module of their own. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "Add",
          "Concat",
          "Div",
          "Expand",
          "Flatten",
          "Gather",
          "Mul",
          "Pad",
          "ReduceMax",
          "ReduceMean",
          "Reshape",
          "Slice",
          "Split",
          "Sub",
          "Sum",
          "Transpose");

  private final Set<String> taken = new HashSet<>(Set.of("input"));

  /** A new name for a layer that a node became. */
  String name(DraftNode node, String weight) {
    String from = fromWeight(weight);
    String base = (from.isEmpty() ? fromNode(node.source()) : from) + moved(node);
    String name = base;
    for (int i = 2; !taken.add(name.replace('.', '_')); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** Values are moved for a node, which has a name of its own. */
  private static String moved(DraftNode node) {
    if (node.step() instanceof Step.Known known) {
      if (known.layer() instanceof Layer.Flatten && !node.source().op().equals("Flatten")) {
        return ".flatten";
      } else if (known.layer() instanceof Operation.Rearrange) {
        return ".rearrange";
      }
    }
    return "";
  }

  /** The module of a weight whose name was kept; empty if the exporter made one up. */
  private static String fromWeight(String weight) {
    String[] endings = {".weight", ".kernel", ".gamma"};
    for (String ending : endings) {
      if (weight.endsWith(ending) && !weight.contains("::")) {
        return clean(weight.substring(0, weight.length() - ending.length()));
      }
    }
    return "";
  }

  private static String fromNode(GraphNode node) {
    String name = node.name().isEmpty() ? node.firstOutput() : node.name();
    String path = "";
    String last = "";
    for (String part : name.split("/", -1)) {
      boolean longer = !last.isEmpty() && part.startsWith(last + ".");
      if (!part.isEmpty()) {
        path = longer ? path.substring(0, path.length() - last.length()) + part : path + "." + part;
        last = part;
      }
    }
    String plain = path.startsWith(".") ? path.substring(1) : path;
    String operator = "." + node.op();
    boolean module =
        plain.endsWith(operator)
            && plain.length() > operator.length()
            && !FUNCTIONS.contains(node.op());
    return clean(module ? plain.substring(0, plain.length() - operator.length()) : plain);
  }

  private static String clean(String text) {
    String name = text.replaceAll("[^A-Za-z0-9_.]+", "_").replaceAll("\\.{2,}", ".");
    name = name.replaceAll("^[._]+|[._]+$", "");
    name = name.length() > LONGEST ? name.substring(name.length() - LONGEST) : name;
    name = name.replaceAll("^[._]+", "");
    if (name.isEmpty()) {
      return "layer";
    }
    return Character.isDigit(name.charAt(0))
        ? "layer" + name
        : name.toLowerCase(Locale.ROOT).equals("input") ? "first" : name;
  }
}
