package org.whisker.feature.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ClassNames;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.feature.models.ImportResult.FirstLook;
import org.whisker.image.Raster;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Window.Padding;
import org.whisker.onnx.OnnxModel;
import org.whisker.value.Text;
import org.whisker.weights.DType;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/** Makes a model of an ONNX file, whose layers are then known. */
record OnnxImport(ImportRequest request, JobContext context) {
  ImportResult run(ModelStore store) throws IOException {
    Optional<FeatureShape> size =
        request.input().map(in -> new FeatureShape(in.channels(), in.height(), in.width()));
    Optional<TextVectors> texts = TextVectors.of(request.target());
    InvalidRequestException.refuse(
        texts.isPresent() && request.output().isPresent(),
        "--output says nothing of vectors of texts, which give logits; leave it out");
    OnnxModel read = OnnxModel.read(request.file(), size);
    OnnxModel model = texts.map(each -> each.behind(read)).orElse(read);
    int outputs = Math.toIntExact(model.network().output().shape().size());
    ClassNames names = request.names(model.classes(), outputs);
    Output output =
        texts.isPresent() ? texts.get().output() : request.asked(output(model, outputs), names);
    boolean labels = isOfLabels(model, outputs);
    boolean flipped = output.isAboutCat();
    Network network =
        labels ? label(model.network()) : flipped ? ends(model.network()) : model.network();
    Weights weights =
        labels
            ? label(network, output, model.weights())
            : flipped ? negated(network, model.weights()) : model.weights();
    ModelCard card = card(network, labels || outputs == 1 ? alone(output) : output);
    Raster photo = ImportRequest.testPicture(request.photo(), card.input());
    List<ImportResult.Seen> seen = new FirstLook(request, names).at(card, weights, photo);
    ClassNames own = labels ? new ClassNames(List.of()) : names;
    ModelCard saved = store.create(card, weights, DType.F32, own);
    return new ImportResult(
        saved,
        seen,
        OptionalDouble.empty(),
        notes(model, outputs, flipped && !labels ? output.target() : ""));
  }

  /** Whether each of several classes is there or not, by itself. */
  private static boolean isOfLabels(OnnxModel model, int outputs) {
    return outputs > 1 && model.ending() == OnnxModel.Ending.SIGMOID;
  }

  private static Network label(Network network) {
    Layer one = new Layer.Linear(Math.toIntExact(network.output().shape().size()), 1);
    return network.withLast(network.freeName("not_cat"), one);
  }

  /** The logit of not being of one class is that of the class, negated. */
  private static Weights label(Network network, Output output, Weights weights) {
    InvalidRequestException.refuse(
        output.cat().size() > 1 || !output.against().isEmpty(),
        Text.of(
            "the file gives a sigmoid of each of %d classes, not one choice among them; ask for one"
                + " class alone",
            output.size()));
    Map<String, Tensor> last = new HashMap<>();
    for (Layer.Parameter p : network.output().parameters()) {
      boolean weight = p.name().endsWith("weight");
      float[] values = new float[weight ? output.size() : 1];
      values[weight ? output.cat().get(0) : 0] = weight ? -1 : 0;
      last.put(p.name(), Tensor.of(p.shape(), values));
    }
    return Weights.of(last).over(weights);
  }

  /** Reads the network's one logit as that of not being what is asked for. */
  private static Output alone(Output output) {
    return Output.NOT_CAT_LOGIT.of(Output.NOT_CAT_LOGIT.cat(), output.target());
  }

  /** What a reader should know; {@code flipped} is the class whose logit is negated, or empty. */
  private static List<String> notes(OnnxModel model, int outputs, String flipped) {
    List<String> notes = new ArrayList<>(model.notes());
    if (!flipped.isEmpty()) {
      notes.add(
          "the file gives the logit of %1$s; the model gives that of not-%1$s, its negative"
              .formatted(flipped));
    }
    if (isOfLabels(model, outputs)) {
      notes.add(
          Text.of(
              "each of %d classes has a sigmoid of its own; the model is that of the class asked"
                  + " for",
              outputs));
    }
    if (model.ending() != OnnxModel.Ending.NONE) {
      notes.add(
          "the file ends in a %s; the model gives the logits before it"
              .formatted(model.ending() == OnnxModel.Ending.SOFTMAX ? "softmax" : "sigmoid"));
    }
    return notes;
  }

  /** What the outputs are, by the request, or as far as the file says it. */
  private Output output(OnnxModel model, int outputs) {
    boolean sigmoid = model.ending() == OnnxModel.Ending.SIGMOID;
    if (isOfLabels(model, outputs) && request.output().equals(Optional.of(Output.Form.SIGMOID))) {
      return known(Output.Form.LOGITS, outputs);
    }
    Output.Form form = request.output().orElseGet(() -> form(outputs, sigmoid));
    InvalidRequestException.refuse(
        (form == Output.Form.LOGITS) != (outputs > 1),
        Text.of(
            "--output %s: the file gives %d output%s a picture",
            form.label(), outputs, outputs == 1 ? "" : "s"));
    InvalidRequestException.refuse(
        form == Output.Form.SIGMOID && !sigmoid,
        "--output sigmoid: the file does not end in a sigmoid; if it gives a logit, take logit");
    return known(form == Output.Form.SIGMOID ? Output.Form.LOGIT : form, outputs);
  }

  private Output known(Output.Form form, int outputs) {
    try {
      return new Output(form, outputs, request.cat(List.of(), outputs == 1));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("--cat: " + e.getMessage());
    }
  }

  private static Output.Form form(int outputs, boolean sigmoid) {
    InvalidRequestException.refuse(
        outputs == 1 && !sigmoid,
        "--output is missing: the file gives one number a picture; if it is a logit, take"
            + " --output logit; if a probability, export the network up to its logits");
    return outputs == 1 ? Output.Form.LOGIT : Output.Form.LOGITS;
  }

  /** A logit of cat becomes that of not-cat in the last layer, or in one behind it. */
  private static Network ends(Network network) {
    Layer last = network.output().layer();
    return last instanceof Layer.Linear
        ? network
        : network.withLast(network.freeName("not_cat"), new Layer.Linear(1, 1));
  }

  private static Weights negated(Network network, Weights weights) {
    Map<String, Tensor> changed = new HashMap<>();
    network
        .output()
        .parameters()
        .forEach(p -> changed.put(p.name(), negated(p.name(), p.shape(), weights)));
    return Weights.of(changed).over(weights);
  }

  private static Tensor negated(String name, List<Integer> shape, Weights weights) {
    if (!weights.names().contains(name)) {
      return Tensor.of(shape, name.endsWith("weight") ? -1 : 0);
    }
    float[] values = new float[weights.floats(name).remaining()];
    weights.floats(name).get(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    return Tensor.of(shape, values);
  }

  private ModelCard card(Network network, Output output) {
    FeatureShape in = network.input();
    InvalidRequestException.refuse(
        in.channels() != 1 && in.channels() != 3,
        "the file takes %s; only pictures of 1 or 3 channels can be read".formatted(in));
    return new ModelCard(
        request.name(),
        Architecture.imported(network),
        new ModelCard.Input(in.channels(), in.height(), in.width()),
        request.preprocessing(Preprocessing.identity(), in.channels()),
        output,
        Padding.ZERO,
        null,
        null,
        WeightsFile.UNSAVED,
        context.clock().instant(),
        Provenance.whiskerVersion());
  }
}
