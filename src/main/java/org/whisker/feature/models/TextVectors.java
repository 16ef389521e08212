package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.whisker.classifier.Output;
import org.whisker.io.Npy;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation.Combine;
import org.whisker.network.Operation.Reduce;
import org.whisker.onnx.OnnxModel;
import org.whisker.value.Text;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * Classes that are vectors of texts, for the image half of CLIP (Radford et al., 2021,
 * arXiv:2103.00020): the logit of each is the cosine of the picture's vector and its own, times a
 * scale. The first row is what is asked for, the others are what it is held against.
 *
 * @param name what is asked for
 * @param rows one a text, each divided by its length and times its scale
 */
record TextVectors(Path file, String name, List<float[]> rows) {
  /**
   * CLIP's own scale, for vectors of length 1; a vector of another length has that as its scale.
   */
  private static final double SCALE = 100;

  private static final double ONE = 0.01;
  private static final Pattern ASKED = Pattern.compile("([^=]+)=(.+\\.npy)");

  /**
   * Reads the file that {@code --class} names.
   *
   * @return empty where it names none
   */
  static Optional<TextVectors> of(Optional<String> asked) throws IOException {
    Matcher matcher = ASKED.matcher(asked.orElse(""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Path file = Path.of(matcher.group(2));
    Npy.NpyArray read = Npy.read(file);
    List<float[]> rows = new ArrayList<>();
    for (int row = 0; row < read.rows(); row++) {
      rows.add(scaled(file, read, row));
    }
    InvalidRequestException.refuse(rows.isEmpty(), "--class: " + file + " has no vector");
    return Optional.of(new TextVectors(file, matcher.group(1), List.copyOf(rows)));
  }

  private static float[] scaled(Path file, Npy.NpyArray read, int row) {
    double length =
        Math.sqrt(
            IntStream.range(0, read.columns())
                .mapToDouble(i -> read.get(row, i) * read.get(row, i))
                .sum());
    InvalidRequestException.refuse(
        !(length > 0) || Double.isInfinite(length),
        Text.of("--class: row %d of %s is no direction", row, file));
    double times = Math.abs(length - 1) < ONE ? SCALE / length : 1;
    float[] values = new float[read.columns()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (times * read.get(row, i));
    }
    return values;
  }

  /** What the outputs behind them are. */
  Output output() {
    return InvalidRequestException.check(
        () ->
            rows.size() == 1
                ? new Output(Output.Form.LOGIT, 1, List.of(1), name)
                : new Output(Output.Form.LOGITS, rows.size(), List.of(0), name));
  }

  /** The network of pictures, its vector divided by its length, and these vectors behind it. */
  OnnxModel behind(OnnxModel pictures) {
    Network network = pictures.network();
    FeatureShape shape = network.output().shape();
    int size = Math.toIntExact(shape.size());
    InvalidRequestException.refuse(
        size != rows.get(0).length,
        Text.of(
            "--class: %s has vectors of %d numbers, the file gives %d a picture",
            file, rows.get(0).length, size));
    List<Node> nodes = new ArrayList<>(network.nodes());
    int vector = nodes.size() - 1;
    String text = network.freeName("text");
    int square = add(nodes, text + ".square", new Combine(Combine.Kind.MUL), vector, vector);
    int sum = add(nodes, text + ".sum", new Reduce(Reduce.How.SUM, Reduce.Over.CHANNELS), square);
    int length = add(nodes, text + ".length", Activation.of(Activation.Kind.SQRT), sum);
    int one = add(nodes, text + ".one", new Combine(Combine.Kind.DIV), vector, length);
    int flat = add(nodes, text + ".flatten", new Layer.Flatten(), one);
    add(nodes, text, new Layer.Linear(size, rows.size()), flat);
    Network longer = new Network(network.name(), nodes, network.stages(), network.padding());
    Tensor bias = Tensor.of(List.of(rows.size()), new float[rows.size()]);
    Weights weights =
        Weights.of(
                Map.of(
                    text + ".weight",
                    Tensor.of(List.of(rows.size(), size), all()),
                    text + ".bias",
                    bias))
            .over(pictures.weights());
    return new OnnxModel(
        longer, weights, OnnxModel.Ending.NONE, pictures.notes(), pictures.classes());
  }

  private float[] all() {
    float[] all = new float[rows.size() * rows.get(0).length];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, all, row * rows.get(row).length, rows.get(row).length);
    }
    return all;
  }

  private static int add(List<Node> nodes, String name, Layer layer, Integer... from) {
    List<FeatureShape> in = List.of(from).stream().map(at -> nodes.get(at).shape()).toList();
    nodes.add(new Node(name, layer, List.of(from), layer.output(in)));
    return nodes.size() - 1;
  }
}
