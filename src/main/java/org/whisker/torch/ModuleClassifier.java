package org.whisker.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.classifier.Classifier.OutputsClassifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.torch.PaintedBatch.PaintedKinds;
import org.whisker.torch.script.OperationScript.LogitScript;

/**
 * An imported TorchScript module as a differentiable classifier: gray pictures are replicated to
 * its channels, colours have one each, and its outputs are interpreted according to its card's
 * {@link org.whisker.classifier.Output}. In float32. Not thread-safe.
 */
public final class ModuleClassifier implements DifferentiableClassifier, OutputsClassifier {
  private final String name;
  private final Canvas canvas;
  private final TorchModule module;
  private final TorchModule around;
  private final BatchHalving scoring;
  private final BatchHalving recording;
  private final PaintedKinds kinds;

  /**
   * Loads a module without running it.
   *
   * @throws ModuleException if it is not a TorchScript module that this libtorch can load, or for a
   *     precision other than float32
   */
  public ModuleClassifier(ModelCard card, Path file, TorchClassifier.Settings run) {
    if (run.precision() != Precision.FLOAT32) {
      throw new ModuleException(
          card.name()
              + " is a TorchScript module and runs in float32 only; take --precision float32");
    }
    this.name = card.name();
    this.canvas = card.input().canvas();
    this.kinds = new PaintedKinds(canvas, card.planes(), run.batch());
    String on = name + " on " + run.device();
    // one by one on the CPU: what its code does to a batch is not known
    int batch = run.device().isCpu() ? 1 : run.batch();
    this.scoring = new BatchHalving("scoring by " + on, batch);
    this.recording = new BatchHalving("a derivative of " + on, batch);
    ModuleScript script =
        new ModuleScript(card.input().channels(), card.preprocessing(), card.output());
    this.around = TorchModule.load(script.archive(), run.device().djl());
    try {
      this.module = load(file, run.device());
    } catch (RuntimeException | Error e) {
      around.close();
      throw e;
    }
  }

  private static TorchModule load(Path file, TorchDevice device) {
    try {
      return TorchModule.load(file, device.djl());
    } catch (EngineException e) {
      throw new ModuleException(
          "%s cannot be loaded: %s; save it with torch.jit.save of PyTorch 2.7 or older"
              .formatted(file, ModuleException.reason(e)),
          e);
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
    over(
        scoring,
        pictures,
        (from, to) -> {
          try (NDManager scope = module.scope()) {
            NDArray y = outputs(scope, pictures.subList(from, to));
            NDArray read = run(() -> around.infer(scope, "read", y).singletonOrThrow());
            float[] scores = read.toFloatArray();
            System.arraycopy(scores, 0, logits, from, scores.length);
          }
        });
    return logits;
  }

  @Override
  public int planes() {
    return kinds.planes();
  }

  @Override
  public List<float[]> outputs(List<? extends Raster> pictures) {
    List<float[]> all = new ArrayList<>(pictures.size());
    over(
        scoring,
        pictures,
        (from, to) -> {
          try (NDManager scope = module.scope()) {
            NDArray y = outputs(scope, pictures.subList(from, to));
            double[] joined =
                run(() -> around.infer(scope, "columns", y).singletonOrThrow().toDoubleArray());
            int each = joined.length / (to - from);
            for (int first = 0; first < joined.length; first += each) {
              float[] own = new float[each];
              for (int i = 0; i < each; i++) {
                own[i] = (float) joined[first + i];
              }
              all.add(own);
            }
          }
        });
    return all;
  }

  /** Does batches of pictures of one kind each, or single pictures. */
  private void over(BatchHalving batches, List<? extends Raster> pictures, BatchHalving.Step step) {
    kinds.runs(
        pictures,
        (from, to) ->
            batches.over(to - from, (first, last) -> step.run(from + first, from + last)));
  }

  private NDArray painted(NDManager scope, List<? extends Raster> pictures) {
    return kinds.of(pictures.get(0)).array(scope, name, pictures);
  }

  /** The module's outputs for pictures. */
  private NDArray outputs(NDManager scope, List<? extends Raster> pictures) {
    NDArray x = painted(scope, pictures);
    NDArray input = around.infer(scope, "prepare", x).singletonOrThrow();
    return run(() -> module.infer(scope, "forward", input).singletonOrThrow());
  }

  @Override
  public List<float[]> inputGradients(List<? extends Raster> pictures) {
    return logitGradients(pictures).stream().map(LogitGradient::gradient).toList();
  }

  @Override
  public List<LogitGradient> logitGradients(List<? extends Raster> pictures) {
    List<LogitGradient> all = new ArrayList<>(pictures.size());
    over(
        recording,
        pictures,
        (from, to) -> {
          List<? extends Raster> some = pictures.subList(from, to);
          try (NDManager scope = module.scope()) {
            NDList found = derived(scope, painted(scope, some));
            List<float[]> gradients = kinds.of(some.get(0)).images(found.get(1).toFloatArray());
            all.addAll(LogitGradient.of(found.get(0).toFloatArray(), gradients));
          }
        });
    return all;
  }

  private NDList derived(NDManager scope, NDArray x) {
    NDList leaf = around.record(scope, "leaf", x);
    return run(
        () -> {
          NDArray y = module.record(scope, "forward", leaf.get(1)).singletonOrThrow();
          return around.record(scope, "derive", y, leaf.get(0));
        });
  }

  private <T> T run(Supplier<T> call) {
    try {
      return call.get();
    } catch (EngineException e) {
      if (BatchHalving.isOutOfMemory(e)) {
        throw e;
      }
      throw new ModuleException(
          "the module of %s failed: %s".formatted(name, ModuleException.reason(e)), e);
    } catch (IllegalArgumentException e) { // DJL's, of a device or type of number it does not know
      throw new ModuleException(
          "the module of %s returns what can't be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** The type that {@code forward} returns for pictures, in TorchScript's notation. */
  String returnType(List<? extends Raster> pictures) {
    try (NDManager scope = module.scope()) {
      NDArray x = painted(scope, pictures);
      NDArray input = around.infer(scope, "prepare", x).singletonOrThrow();
      return run(() -> module.returnType(input));
    }
  }

  /** The module's raw outputs and their shape, before interpretation. */
  record Raw(boolean floating, List<Integer> shape, List<Double> values) {}

  /**
   * The raw outputs; the module must return one tensor.
   *
   * @throws ModuleException also for a tensor whose numbers can't be read, such as a sparse one
   */
  Raw raw(List<? extends Raster> pictures) {
    try (NDManager scope = module.scope()) {
      NDArray y = outputs(scope, pictures);
      float[] described =
          run(() -> around.infer(scope, "describe", y).singletonOrThrow().toFloatArray());
      List<Integer> shape = new ArrayList<>();
      for (int i = 1; i < described.length; i++) {
        shape.add((int) described[i]);
      }
      boolean readable = !shape.isEmpty() && shape.get(0) > 0;
      double[] values =
          readable
              ? run(() -> around.infer(scope, "columns", y).singletonOrThrow().toDoubleArray())
              : new double[0];
      return new Raw(described[0] == 1, List.copyOf(shape), Arrays.stream(values).boxed().toList());
    }
  }

  @Override
  public void close() {
    try (module) {
      around.close();
    }
  }

  /**
   * An imported TorchScript module cannot be used; the one-line message gives the reason and the
   * remedy.
   */
  public static final class ModuleException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final Pattern NAMED =
        Pattern.compile("\\s*(?:\\w+\\.)*\\w*(?:Error|Exception): (.*)");

    ModuleException(String message) {
      super(message);
    }

    ModuleException(String message, Throwable cause) {
      super(message, cause);
    }

    /**
     * What libtorch's long message comes to: the text of the error that it states last, also that
     * of an exception which the module's own code raised, and also over several lines.
     */
    static String reason(Throwable thrown) {
      List<String> lines = String.valueOf(thrown.getMessage()).strip().lines().toList();
      for (int i = lines.size() - 1; i >= 0; i--) {
        Matcher named = NAMED.matcher(lines.get(i));
        if (named.matches()) {
          return shortened(text(named.group(1), lines.subList(i + 1, lines.size())));
        }
      }
      boolean interpreted = !lines.isEmpty() && lines.get(0).contains("TorchScript interpreter");
      return shortened(
          lines.isEmpty() ? thrown.toString() : lines.get(interpreted ? lines.size() - 1 : 0));
    }

    /** Joins a line with those that belong to it, up to an empty one or libtorch's own stack. */
    private static String text(String first, List<String> more) {
      StringBuilder text = new StringBuilder(first);
      for (String line : more) {
        if (line.isBlank() || line.startsWith("Exception raised from")) {
          break;
        }
        text.append(' ').append(line.strip());
      }
      return text.toString();
    }

    private static String shortened(String line) {
      String plain = line.strip().replaceAll("\\p{Cntrl}", " ");
      return plain.length() <= 300 ? plain : plain.substring(0, 300) + "…";
    }
  }

  /**
   * The wrapper of an imported module, as a TorchScript class. The module is called between its
   * methods, which pass on tensors with their autograd history, so derivatives go through both.
   *
   * <ul>
   *   <li>{@code prepare(x)}: gray pictures as the module's input.
   *   <li>{@code leaf(x)}: the same, preceded by the leaf with respect to which derivatives are
   *       taken.
   *   <li>{@code describe(y)}: 1 if y holds floating-point numbers, else 0; then its dimensions.
   *   <li>{@code columns(y)}: y in float64, one row per picture.
   *   <li>{@code read(y)}: the logit against the target, one per picture.
   *   <li>{@code derive(y, x)}: that, and the derivative of its sum with respect to x.
   * </ul>
   */
  record ModuleScript(int channels, Preprocessing preprocessing, Output output) {
    /**
     * Half a float32 rounding step below 1: probabilities are clamped to this distance from 0 and
     * 1.
     */
    static final double CLAMP = 0x1p-25;

    byte[] archive() {
      return TorchScriptArchive.write(
          List.of(), prepare() + leaf() + describe() + columns() + read() + derive());
    }

    /**
     * A copy: a module may overwrite its input, which would otherwise be the memory in which
     * pictures are painted.
     */
    private String input() {
      return InferenceScript.preprocess(channels, preprocessing)
          + "    v0 = torch.clone(v0, memory_format=0)\n";
    }

    private String prepare() {
      return "  def prepare(self: __torch__.Net, x: Tensor) -> Tensor:\n"
          + input()
          + "    return v0\n";
    }

    private String leaf() {
      return "  def leaf(self: __torch__.Net, image: Tensor) -> List[Tensor]:\n"
          + "    x = torch.requires_grad_(torch.detach(image), True)\n"
          + input()
          + "    return [x, v0]\n";
    }

    private static String describe() {
      return """
        def describe(self: __torch__.Net, y: Tensor) -> Tensor:
          d = torch.add([int(torch.is_floating_point(y))], torch.size(y))
          return torch.tensor(d, dtype=6, device=None, requires_grad=False)
      """;
    }

    private static String columns() {
      return "  def columns(self: __torch__.Net, y: Tensor) -> Tensor:\n"
          + flat()
          + "    return c\n";
    }

    private static String flat() {
      return "    c = torch.to(torch.reshape(y, [torch.size(y, 0), -1]), 7)\n";
    }

    private String read() {
      return "  def read(self: __torch__.Net, y: Tensor) -> Tensor:\n"
          + flat()
          + "    return torch.to(%s, 6)\n".formatted(logit());
    }

    private String derive() {
      return "  def derive(self: __torch__.Net, y: Tensor, x: Tensor) -> List[Tensor]:\n"
          + flat()
          + "    z = %s\n".formatted(logit())
          + "    g = torch.grad([torch.sum(z)], [x], None, None, False, False)\n"
          + "    return [torch.to(torch.detach(z), 6), unchecked_cast(Tensor, g[0])]\n";
    }

    private String logit() {
      String notCat =
          switch (output.form()) {
            case LOGIT -> "c";
            case SIGMOID -> "torch.logit(c, %s)".formatted(CLAMP);
            case LOGITS -> LogitScript.of("c", output.logit());
          };
      return output.isAboutCat() ? "torch.neg(" + notCat + ")" : notCat;
    }
  }
}
