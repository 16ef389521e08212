package org.whisker.feature.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.models.SpeedComparison.PairedRates;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.network.Network;
import org.whisker.onnx.OnnxExport;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchClassifier.BareForward;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.weights.Layouts;

/**
 * Images a second of full passes in float32, and of ONNX Runtime on the same network as {@code
 * models export} writes it: by turns, in one process, with as many threads each.
 */
public final class OnnxRuntimeSpeed {
  private static final List<String> MODELS =
      List.of("vgg16-mini", "inception-resnet-v2-mini", "mobilenet-v2-cats", "vgg16");
  private static final int BLOCKS = 7;
  private static final double SECONDS = 1.5;

  /** Multiply-adds of a batch: some seconds at most on an old core. */
  private static final long BATCH = 100_000_000_000L;

  private OnnxRuntimeSpeed() {}

  /**
   * Prints a row for each model.
   *
   * @param root for ONNX files
   * @param args seconds of a turn, turns of each, and models: names, paths, or published networks
   * @return whether all logits agree to 1 in 1,000
   */
  public static boolean run(Path root, List<String> args) throws IOException {
    double seconds = args.isEmpty() ? SECONDS : Double.parseDouble(args.get(0));
    int blocks = args.size() < 2 ? BLOCKS : Integer.parseInt(args.get(1));
    boolean alike = true;
    for (String model : args.size() < 3 ? MODELS : args.subList(2, args.size())) {
      alike &= row(root, model, blocks, seconds);
    }
    return alike;
  }

  private static boolean row(Path root, String name, int blocks, double seconds)
      throws IOException {
    StoredModel model = BenchJob.open(new ModelStore(Path.of("models")), name, Clock.systemUTC());
    Network network = Networks.of(model.card());
    int batch = (int) Math.max(2, Math.min(64, BATCH / network.multiplyAdds()));
    List<GrayImage> pictures = noise(model.card().input(), batch);
    TorchClassifier.Settings settings = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    try (TorchClassifier here = Classifiers.open(model, settings);
        BareForward bare = here.bareForward(pictures);
        Other there = Other.open(exported(model, network, root), pictures)) {
      float[] one = bare.pass();
      float[] two = there.pass();
      PairedRates rates =
          SpeedComparison.takeTurns(
              () -> there.pass().length,
              () -> bare.pass().length,
              blocks,
              seconds,
              System::nanoTime);
      double apart = apart(one, two);
      System.out.printf(
          Locale.ROOT,
          "| `%s` | %d | %.1f (%s) | %.1f (%s) | %.2f (%.2f to %.2f) | %.1e |%n",
          name,
          batch,
          PairedRates.median(rates.compared()),
          range(rates.compared()),
          PairedRates.median(rates.reference()),
          range(rates.reference()),
          rates.medianRatio(),
          rates.leastRatio(),
          rates.greatestRatio(),
          apart);
      return apart < 1e-3;
    } catch (OrtException e) {
      throw new IOException(e);
    }
  }

  private static String range(List<Double> rates) {
    return String.format(
        Locale.ROOT,
        "%.1f to %.1f",
        rates.stream().mapToDouble(r -> r).min().orElseThrow(),
        rates.stream().mapToDouble(r -> r).max().orElseThrow());
  }

  /** The greatest difference of two pictures' logits, as a share of the greatest logit. */
  private static double apart(float[] one, float[] two) {
    double most = 0;
    double scale = 1e-30;
    for (int i = 0; i < one.length; i++) {
      most = Math.max(most, Math.abs(one[i] - two[i]));
      scale = Math.max(scale, Math.abs(two[i]));
    }
    return most / scale;
  }

  /** Gray noise, which is scored in full. */
  private static List<GrayImage> noise(ModelCard.Input input, int count) {
    Canvas canvas = new Canvas(input.width(), input.height());
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              SplitMix64 random = SplitMix64.stream(1, "noise", i);
              float[] gray = new float[canvas.pixels()];
              for (int k = 0; k < gray.length; k++) {
                gray[k] = random.nextFloat();
              }
              return new GrayImage(canvas, gray);
            })
        .toList();
  }

  private static Path exported(StoredModel model, Network network, Path root) throws IOException {
    Path file = root.resolve("network.onnx");
    ModelCard card = model.card();
    OnnxExport.write(
        network,
        Layouts.fit(model.weights(), network.parameters()),
        card.preprocessing().mean(),
        card.preprocessing().sd(),
        card.name(),
        file);
    return file;
  }

  /** The network in ONNX Runtime, with the pictures. */
  private record Other(OrtSession session, OnnxTensor input, String name) implements AutoCloseable {
    static Other open(Path file, List<GrayImage> pictures) throws OrtException {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      SessionOptions options = new SessionOptions();
      options.setIntraOpNumThreads(OperatorThreads.count());
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(file.toString(), options);
      Canvas canvas = pictures.get(0).canvas();
      FloatBuffer values =
          ByteBuffer.allocateDirect(pictures.size() * canvas.pixels() * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      pictures.forEach(picture -> values.put(picture.grayValues()));
      long[] shape = {pictures.size(), 1, canvas.height(), canvas.width()};
      OnnxTensor input = OnnxTensor.createTensor(environment, values.rewind(), shape);
      return new Other(session, input, session.getInputNames().iterator().next());
    }

    float[] pass() {
      try (OrtSession.Result result = session.run(Map.of(name, input))) {
        FloatBuffer found = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] logits = new float[found.remaining()];
        found.get(logits);
        return logits;
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws OrtException {
      input.close();
      session.close();
    }
  }
}
