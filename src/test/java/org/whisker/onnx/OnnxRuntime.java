package org.whisker.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/** Outputs of ONNX Runtime, and of the same file as a network here. */
final class OnnxRuntime {
  /** A mean and a deviation for each channel, so that channels differ. */
  private static final Preprocessing COLOURED =
      new Preprocessing(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

  private OnnxRuntime() {}

  private static Preprocessing preprocessing(int channels) {
    return channels == 3 ? COLOURED : new Preprocessing(0.4f, 0.3f);
  }

  static GrayImage picture(FeatureShape shape, int seed) {
    float[] values = new float[shape.height() * shape.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 + 0.5 * Math.sin(i * 0.37 * (seed + 1) + i * i % 11));
    }
    return new GrayImage(new Canvas(shape.width(), shape.height()), values);
  }

  /** What ONNX Runtime gives for a gray picture, in a colour for each channel. */
  static float[] outputs(Path file, FeatureShape shape, GrayImage picture) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString())) {
      NodeInfo info = session.getInputInfo().values().iterator().next();
      long[] dims = ((TensorInfo) info.getInfo()).getShape();
      boolean last = dims[1] != 1 && dims[1] != 3 && (dims[3] == 1 || dims[3] == 3);
      return run(session, info, repeated(values(shape, picture, last), dims[0]), dims, shape, last);
    }
  }

  /** What ONNX Runtime gives for gray values. */
  static float[] gray(Path file, FeatureShape shape, GrayImage picture) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    float[] values = new float[shape.height() * shape.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = picture.at(i);
    }
    try (OrtSession session = environment.createSession(file.toString())) {
      NodeInfo info = session.getInputInfo().values().iterator().next();
      FeatureShape one = new FeatureShape(1, shape.height(), shape.width());
      return run(session, info, values, new long[] {-1, 1, -1, -1}, one, false);
    }
  }

  private static float[] repeated(float[] values, long batch) {
    float[] many = new float[values.length * (int) Math.max(1, batch)];
    for (int i = 0; i < many.length; i++) {
      many[i] = values[i % values.length];
    }
    return many;
  }

  private static float[] run(
      OrtSession session,
      NodeInfo info,
      float[] values,
      long[] dims,
      FeatureShape shape,
      boolean last)
      throws OrtException {
    long batch = Math.max(1, dims[0]);
    long[] size =
        last
            ? new long[] {batch, shape.height(), shape.width(), shape.channels()}
            : new long[] {batch, shape.channels(), shape.height(), shape.width()};
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), FloatBuffer.wrap(values), size);
        OrtSession.Result result = session.run(Map.of(info.getName(), tensor))) {
      FloatBuffer found = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] outputs = new float[found.remaining() / (int) batch];
      found.get(outputs);
      return outputs;
    }
  }

  private static float[] values(FeatureShape shape, GrayImage picture, boolean last) {
    Preprocessing p = preprocessing(shape.channels());
    int channels = shape.channels();
    int area = shape.height() * shape.width();
    float[] values = new float[channels * area];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < area; i++) {
        values[last ? i * channels + c : c * area + i] =
            (picture.at(i % shape.width(), i / shape.width()) - p.mean().get(c)) / p.sd().get(c);
      }
    }
    return values;
  }

  /** What the network gives. */
  static float[] outputs(OnnxModel model, GrayImage picture) {
    return outputs(model, model.network().output().name(), picture, Precision.FLOAT32);
  }

  /** What the network gives in bfloat16. */
  static float[] rounded(OnnxModel model, GrayImage picture) {
    return outputs(model, model.network().output().name(), picture, Precision.BFLOAT16);
  }

  /** What a layer of the network gives: channels, then rows, then columns. */
  static float[] outputs(OnnxModel model, String layer, GrayImage picture, Precision precision) {
    Network network = model.network();
    int classes = Math.toIntExact(network.output().shape().size());
    Network scored =
        classes == 1
            ? network
            : network.withLast("one logit", new Layer.ClassLogit(classes, List.of(0)));
    try (TorchClassifier classifier =
        new TorchClassifier(
            "onnx",
            scored,
            model.weights(),
            preprocessing(network.input().channels()),
            TorchClassifier.Settings.cpu(precision))) {
      FeatureClassifier.Features features = classifier.features(layer, List.of(picture)).get(0);
      FeatureShape shape = network.nodes().get(network.position(layer)).shape();
      int area = shape.height() * shape.width();
      float[] outputs = new float[Math.toIntExact(shape.size())];
      for (int i = 0; i < outputs.length; i++) {
        int place = i % area;
        outputs[i] = features.activation(i / area, place / shape.width(), place % shape.width());
      }
      return outputs;
    }
  }

  static float[] softmax(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    float[] shares = new float[logits.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (Math.exp(logits[i]) / sum);
    }
    return shares;
  }

  /** The largest difference, relative to the largest output. */
  static double difference(float[] wanted, float[] found) {
    double largest = 0;
    double scale = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs((double) wanted[i] - found[i]));
      scale = Math.max(scale, Math.abs(wanted[i]));
    }
    return wanted.length == found.length ? largest / scale : Double.POSITIVE_INFINITY;
  }

  /** Compares files, one line each: for trying out files that are not in the repository. */
  public static void main(String[] files) {
    for (String file : files) {
      String line;
      try {
        OnnxModel model = OnnxModel.read(Path.of(file), java.util.Optional.empty());
        GrayImage picture = picture(model.network().input(), 1);
        float[] wanted = outputs(Path.of(file), model.network().input(), picture);
        float[] found = outputs(model, picture);
        if (model.ending() == OnnxModel.Ending.SOFTMAX) {
          found = softmax(found);
        }
        line =
            "%.2e %s %d layers%s"
                .formatted(
                    difference(wanted, found),
                    model.ending(),
                    model.network().nodes().size(),
                    model.network().nodes().stream()
                        .map(n -> n.layer())
                        .filter(l -> l instanceof org.whisker.network.Operation)
                        .map(l -> l.getClass().getSimpleName())
                        .collect(
                            java.util.stream.Collectors.groupingBy(
                                n -> n, java.util.stream.Collectors.counting())));
      } catch (OnnxException | OrtException e) {
        line = e.getMessage();
      } catch (RuntimeException e) {
        line = "FAILED " + e;
      }
      System.out.println(Path.of(file).getFileName() + " " + line);
    }
  }
}
