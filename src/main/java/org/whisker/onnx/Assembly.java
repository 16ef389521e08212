package org.whisker.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.PlacedMaps;
import org.whisker.network.TokenPlaces;
import org.whisker.network.Window.Padding;
import org.whisker.onnx.Draft.Step;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.value.Text;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/** Makes a network of the nodes that are left when formulas are recognised. */
final class Assembly {
  private final Rewriting graph;
  private final OperatorList operators;

  /** The stage of the last tokens; behind the others in their order. */
  private static final String TOKENS = "tokens";

  private final LayerNamer namer = new LayerNamer();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> tensors = new HashMap<>();

  private Assembly(Rewriting graph, OperatorList operators) {
    this.graph = graph;
    this.operators = operators;
  }

  static OnnxModel of(OnnxFile file, OperatorList operators, Importer.Result imported, String name)
      throws OnnxException {
    Rewriting graph = new Rewriting(imported.draft(), imported.output());
    OnnxModel.Ending ending = cutEnding(graph);
    Formulas.replace(graph);
    Simplifying.apply(graph);
    AdaptivePooling.replace(graph);
    Assembly assembly = new Assembly(graph, operators);
    Network network = assembly.network(name);
    List<String> notes = new ArrayList<>();
    if (file.outputs() > 1) {
      notes.add(
          Text.of(
              "the file has %d outputs; '%s' was taken, the first that is no map",
              file.outputs(), file.output()));
    }
    return new OnnxModel(
        network, Weights.of(assembly.tensors, name), ending, notes, file.classes());
  }

  /** Takes a softmax or sigmoid from behind the outputs. */
  private static OnnxModel.Ending cutEnding(Rewriting graph) {
    int last = graph.output();
    while (last > 0
        && graph.step(last) instanceof Step.Known flat
        && (flat.layer() instanceof Layer.Flatten || flat.layer() instanceof Operation.Rearrange)
        && graph.node(graph.input(last)).shape().equals(graph.node(last).shape())) {
      last = graph.input(last);
    }
    int log = last;
    if (graph.step(last) instanceof Step.Function f && f.name().equals("log")) {
      last = graph.input(last);
    }
    if (last == 0 || !(graph.step(last) instanceof Step.Known known)) {
      return OnnxModel.Ending.NONE;
    }
    boolean softmax = known.layer() instanceof Operation.Softmax;
    boolean sigmoid = known.layer().equals(Activation.of(Activation.Kind.SIGMOID));
    if (softmax || sigmoid) {
      int logits = graph.input(last);
      graph.leaveOut(last, logits);
      graph.leaveOut(log, logits);
      graph.output(graph.output());
      return softmax ? OnnxModel.Ending.SOFTMAX : OnnxModel.Ending.SIGMOID;
    }
    return OnnxModel.Ending.NONE;
  }

  private Network network(String name) throws OnnxException {
    boolean[] live = graph.live();
    int[] place = new int[graph.size()];
    for (int i = 0; i < graph.size(); i++) {
      if (live[i] && !graph.leftOut(i)) {
        List<Integer> inputs = new ArrayList<>();
        graph.inputs(i).forEach(from -> inputs.add(place[from]));
        place[i] = nodes.size();
        add(i, inputs);
      }
    }
    List<Node> ordered = nodes;
    int output = place[graph.output()];
    if (output != ordered.size() - 1 || output == 0) {
      throw new OnnxException("its output is the picture itself: there is no network");
    }
    return new Network(name, ordered, stages(), Padding.ZERO);
  }

  private void add(int position, List<Integer> inputs) throws OnnxException {
    Draft.Entry node = graph.node(position);
    if (node.step() instanceof Step.Known known) {
      put(node, known.layer(), inputs, node.tensors());
    } else if (node.step() instanceof Step.Affine affine) {
      int channels = node.shape().channels();
      put(node, new Layer.BatchNorm(channels, 0), inputs, asNorm(affine, channels));
    } else if (node.step() instanceof Step.Function function && function.layer().isPresent()) {
      put(node, function.layer().get(), inputs, Map.of());
    } else {
      throw new OnnxException(
          "%s can't be read: there is no layer for %s; %s"
              .formatted(node.source().label(), node.source().op(), operators.mend(node.source())));
    }
  }

  private static Map<String, Tensor> asNorm(Step.Affine affine, int channels) {
    double[] scale = new double[channels];
    double[] shift = new double[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = affine.scale(c);
      shift[c] = affine.shift(c);
    }
    return Map.of(
        "weight", Constant.tensor(scale),
        "bias", Constant.tensor(shift),
        "running_mean", Constant.filled(channels, 0),
        "running_var", Constant.filled(channels, 1));
  }

  private void put(
      Draft.Entry node, Layer layer, List<Integer> inputs, Map<String, Tensor> values) {
    if (layer instanceof Layer.Input) {
      nodes.add(new Node("input", layer, List.of(), node.shape()));
      return;
    }
    String name = namer.name(node, weightName(node));
    List<FeatureShape> shapes = inputs.stream().map(i -> nodes.get(i).shape()).toList();
    Node made = new Node(name, layer, inputs, layer.output(shapes));
    nodes.add(made);
    for (Parameter parameter : made.parameters()) {
      String leaf = parameter.name().substring(name.length() + 1);
      Tensor tensor = values.get(leaf);
      if (tensor == null) {
        throw new IllegalStateException(name + " has no " + leaf);
      }
      tensors.put(parameter.name(), new Tensor(parameter.shape(), tensor.floats()));
    }
  }

  /** The name of the node's weight in the file. */
  private String weightName(Draft.Entry node) {
    List<String> inputs = node.source().inputs();
    boolean weighted = !node.tensors().isEmpty() && inputs.size() > 1;
    return weighted ? inputs.get(1) : "";
  }

  /**
   * The last map of each total stride: {@code stride4} has a quarter of the picture's rows. Tokens
   * in a row, where the head reads them, are a stage of their own.
   */
  private Map<String, Integer> stages() {
    Map<String, Integer> stages = new TreeMap<>();
    int rows = nodes.get(0).shape().height();
    Network all = new Network("", nodes, Map.of(), Padding.ZERO);
    PlacedMaps places = PlacedMaps.of(all);
    boolean attends = PlacedMaps.attends(all);
    for (int i = 1; i < nodes.size(); i++) {
      FeatureShape shape = nodes.get(i).shape();
      boolean part = attends && nodes.get(i).layer() instanceof Operation.Cut;
      if (shape.height() > 1 && shape.width() > 1 && places.has(i) && !part) {
        stages.put("stride" + Math.round((double) rows / shape.height()), i);
      }
    }
    int last = all.lastFeatureMap();
    if (!places.has(last)) {
      stages.put(TOKENS, TokenPlaces.of(all).last().orElse(last));
    }
    return stages;
  }

  /**
   * Names of layers, from those in the file. PyTorch names nodes by the path of their module
   * ({@code /layer1/layer1.0/conv1/Conv} is {@code layer1.0.conv1}), and weights too; what else a
   * name holds becomes an underscore, since tensors are named after it.
   */
  private static final class LayerNamer {
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
    String name(Draft.Entry node, String weight) {
      String from = fromWeight(weight);
      String base = (from.isEmpty() ? fromNode(node.source()) : from) + moved(node);
      String name = base;
      for (int i = 2; !taken.add(name.replace('.', '_')); i++) {
        name = base + "_" + i;
      }
      return name;
    }

    /** Values are moved for a node, which has a name of its own. */
    private static String moved(Draft.Entry node) {
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
          path =
              longer ? path.substring(0, path.length() - last.length()) + part : path + "." + part;
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
}
