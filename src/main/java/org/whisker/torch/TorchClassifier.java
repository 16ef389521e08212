package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.FeatureShape;
import org.whisker.network.Network;
import org.whisker.network.Parameter;
import org.whisker.weights.Weights;

/**
 * A network with one logit, run by PyTorch. Pictures are scored in batches of at most {@link
 * Settings#batch}, one call a batch. Not for several threads at once.
 */
public final class TorchClassifier implements DifferentiableClassifier {
  private final String name;
  private final Canvas canvas;
  private final TorchModule module;
  private final int batch;
  private final float[] painted;
  private final ByteBuffer bytes;

  /** How a network is run. */
  public record Settings(Precision precision, TorchDevice device, int batch) {
    public Settings {
      if (batch < 1) {
        throw new IllegalArgumentException("batch must be at least 1, was " + batch);
      }
    }

    public static Settings cpu(Precision precision) {
      return new Settings(precision, TorchDevice.cpu(), 100);
    }
  }

  /** Loads {@code network}, which must have one output, with {@code weights}. */
  public TorchClassifier(
      String name, Network network, Weights weights, Preprocessing preprocessing, Settings run) {
    if (network.output().shape().size() != 1) {
      throw new IllegalArgumentException(
          name + " must have one logit, it has " + network.output().shape().size());
    }
    this.name = name;
    FeatureShape in = network.input();
    this.canvas = new Canvas(in.width(), in.height());
    this.batch = run.batch();
    this.painted = new float[Math.multiplyExact(batch, canvas.pixels())];
    this.bytes =
        ByteBuffer.allocateDirect(painted.length * Float.BYTES).order(ByteOrder.nativeOrder());
    this.module = load(network, weights, preprocessing, run.precision(), run.device(), List.of());
  }

  /** A scoring module with its tensors in place. */
  static TorchModule load(
      Network network,
      Weights weights,
      Preprocessing preprocessing,
      Precision precision,
      TorchDevice device,
      List<String> stages) {
    byte[] archive = new InferenceScript(network, precision, preprocessing, stages).archive();
    TorchModule module = TorchModule.load(archive, device.djl());
    try {
      List<Parameter> schema = network.parameters();
      List<FloatBuffer> data = schema.stream().map(p -> weights.floats(p.name())).toList();
      module.assign(data, schema.stream().map(Parameter::shape).toList());
      return module;
    } catch (RuntimeException e) {
      module.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    float[] logits = new float[pictures.size()];
    for (int from = 0; from < logits.length; from += batch) {
      List<? extends Raster> some = pictures.subList(from, Math.min(logits.length, from + batch));
      try (NDManager scope = module.scope()) {
        NDArray x = batchOf(scope, some);
        float[] scores = module.infer(scope, "forward", x).singletonOrThrow().toFloatArray();
        System.arraycopy(scores, 0, logits, from, scores.length);
      }
    }
    return logits;
  }

  @Override
  public List<float[]> inputGradients(List<? extends Raster> pictures) {
    List<float[]> gradients = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += batch) {
      List<? extends Raster> some = pictures.subList(from, Math.min(pictures.size(), from + batch));
      try (NDManager scope = module.scope()) {
        NDList result =
            module.record(scope, "gradient", batchOf(scope, some), scope.create(new float[] {1}));
        float[] all = result.get(1).toFloatArray();
        for (int i = 0; i < some.size(); i++) {
          gradients.add(Arrays.copyOfRange(all, i * canvas.pixels(), (i + 1) * canvas.pixels()));
        }
      }
    }
    return gradients;
  }

  /** Forward passes on one ready input: what scoring costs when nothing else is done. */
  public final class BareForward implements AutoCloseable {
    private final NDManager scope = module.scope();
    private final NDArray input;

    private BareForward(List<? extends Raster> pictures) {
      this.input = batchOf(scope, pictures);
    }

    /** One pass; ends when its logits are there. */
    public float[] pass() {
      try (NDManager each = module.scope();
          NDList output = module.infer(each, "forward", input)) {
        return output.singletonOrThrow().toFloatArray();
      }
    }

    @Override
    public void close() {
      scope.close();
    }
  }

  /**
   * Bare passes of this classifier's module on {@code pictures}, at most {@link Settings#batch}.
   *
   * @throws IllegalArgumentException for none or more
   */
  public BareForward bareForward(List<? extends Raster> pictures) {
    if (pictures.isEmpty() || pictures.size() > batch) {
      throw new IllegalArgumentException(
          "a batch has 1 to " + batch + " pictures, was " + pictures.size());
    }
    return new BareForward(pictures);
  }

  private NDArray batchOf(NDManager scope, List<? extends Raster> pictures) {
    int pixels = canvas.pixels();
    for (int i = 0; i < pictures.size(); i++) {
      Raster picture = pictures.get(i);
      if (!picture.canvas().equals(canvas)) {
        throw new IllegalArgumentException(
            name + " takes " + canvas + " pictures, got one of " + picture.canvas());
      }
      picture.paint(painted, i * pixels);
    }
    bytes.asFloatBuffer().put(painted, 0, pictures.size() * pixels);
    ByteBuffer filled = bytes.slice(0, pictures.size() * pixels * Float.BYTES);
    return scope.create(
        filled.order(ByteOrder.nativeOrder()),
        new Shape(pictures.size(), 1, canvas.height(), canvas.width()),
        DataType.FLOAT32);
  }

  @Override
  public void close() {
    module.close();
  }
}
