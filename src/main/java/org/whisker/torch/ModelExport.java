package org.whisker.torch;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Raster;
import org.whisker.io.InputFile;
import org.whisker.network.Layer.Parameter;
import org.whisker.torch.Classifiers.FoldedModel;
import org.whisker.weights.Weights;
import org.whisker.weights.WholeFile;

/** Models as TorchScript archives that Python loads by {@code torch.jit.load}. */
public final class ModelExport {
  private ModelExport() {}

  /**
   * Writes a network as it is run here: gray values in, [N, 1, rows, columns], 0 black to 1 white
   * (preprocessing is part of it), logits of not-cat out, [N, 1], in float32.
   *
   * @param readme contents of its file {@code extra/README.txt}
   * @throws org.whisker.classifier.Networks.UnknownLayersException for a TorchScript module, which
   *     is one
   */
  public static void torchScript(StoredModel model, Path target, String readme) throws IOException {
    ModelCard card = model.card();
    FoldedModel folded = FoldedModel.of(Networks.of(card), model.weights(), card.preprocessing());
    InferenceScript script =
        new InferenceScript(
            folded.network(),
            Precision.FLOAT32,
            card.preprocessing(),
            List.of(),
            LayerScript.Mode.INFERENCE,
            FixedPasses.none(folded.network()));
    TensorArchive archive =
        new TensorArchive(
            folded.network().parameters(),
            folded.weights(),
            script.scoring(),
            Map.of("README.txt", readme));
    WholeFile.write(
        target,
        channel -> {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
          archive.write(out);
          out.flush();
        });
  }

  /**
   * The largest difference between the logits of an exported file and those of the original model.
   */
  public static double largestDifference(
      StoredModel model, Path exported, List<? extends Raster> pictures) throws IOException {
    TorchClassifier.Settings run =
        new TorchClassifier.Settings(Precision.FLOAT32, TorchDevice.cpu(), 1);
    float[] wanted;
    try (Classifier own = Classifiers.open(model, run)) {
      wanted = own.logits(pictures);
    }
    ModuleArchive.check(exported);
    try (Classifier theirs = new ModuleClassifier(asModule(model.card()), exported, run)) {
      float[] got = theirs.logits(pictures);
      double largest = 0;
      for (int i = 0; i < got.length; i++) {
        largest = Math.max(largest, Math.abs((double) got[i] - wanted[i]));
      }
      return largest;
    }
  }

  /** The card that an exported file would have as an imported module. */
  private static ModelCard asModule(ModelCard card) {
    return new ModelCard(
        card.name(),
        null,
        new ModelCard.Input(1, card.input().height(), card.input().width()),
        Preprocessing.identity(),
        Output.NOT_CAT_LOGIT,
        null,
        null,
        null,
        WeightsFile.UNSAVED_MODULE,
        card.created(),
        card.whiskerVersion());
  }

  /**
   * A {@link TorchScriptArchive} that contains its tensors, for use outside whisker: buffers of the
   * class {@code Net}, named as in the script. Written as a stream; no tensor is copied as a whole.
   */
  private static final class TensorArchive {
    private static final int CHUNK = 1 << 14;

    private final List<Parameter> schema;
    private final Weights weights;
    private final String methods;
    private final Map<String, String> extra;

    /**
     * Prepares the archive.
     *
     * @param methods the methods' text, indented by two spaces
     * @param extra text files for the user of the archive, by name ({@code _extra_files} in Python)
     */
    TensorArchive(
        List<Parameter> schema, Weights weights, String methods, Map<String, String> extra) {
      this.schema = List.copyOf(schema);
      this.weights = weights;
      this.methods = methods;
      this.extra = Map.copyOf(extra);
    }

    void write(OutputStream out) throws IOException {
      List<String> names = schema.stream().map(p -> InferenceScript.attribute(p.name())).toList();
      String text = TorchScriptArchive.classText(names, methods);
      ZipOutputStream zip = new ZipOutputStream(out);
      TorchScriptArchive.put(zip, "data.pkl", pickle());
      TorchScriptArchive.put(zip, "code/__torch__.py", text.getBytes(StandardCharsets.UTF_8));
      TorchScriptArchive.put(zip, "constants.pkl", TorchScriptArchive.NO_CONSTANTS);
      for (int i = 0; i < schema.size(); i++) {
        tensor(zip, "net/data/" + i, weights.floats(schema.get(i).name()));
      }
      for (Map.Entry<String, String> file : new java.util.TreeMap<>(extra).entrySet()) {
        byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        TorchScriptArchive.put(zip, "extra/" + file.getKey(), bytes);
      }
      TorchScriptArchive.put(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
      zip.finish();
    }

    private interface Sink {
      void take(byte[] bytes, int count) throws IOException;
    }

    private static void tensor(ZipOutputStream zip, String name, FloatBuffer values)
        throws IOException {
      CRC32 crc = new CRC32();
      inChunks(values, (bytes, count) -> crc.update(bytes, 0, count));
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize((long) values.limit() * Float.BYTES);
      entry.setCrc(crc.getValue());
      entry.setTime(0);
      zip.putNextEntry(entry);
      inChunks(values, (bytes, count) -> zip.write(bytes, 0, count));
      zip.closeEntry();
    }

    private static void inChunks(FloatBuffer values, Sink sink) throws IOException {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < values.limit(); at += CHUNK) {
        int count = Math.min(CHUNK, values.limit() - at);
        chunk.asFloatBuffer().put(values.slice(at, count));
        sink.take(chunk.array(), count * Float.BYTES);
      }
    }

    /** Protocol 2: a Net whose state is a dictionary of tensors. */
    private byte[] pickle() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(0x80);
      out.writeByte(2);
      TorchScriptArchive.global(out, "__torch__", "Net");
      out.writeBytes(")\u0081}(");
      for (int i = 0; i < schema.size(); i++) {
        TorchScriptArchive.string(out, InferenceScript.attribute(schema.get(i).name()));
        rebuild(out, i, schema.get(i));
      }
      TorchScriptArchive.string(out, "training");
      out.writeByte(0x89);
      out.writeBytes("ub.");
      return bytes.toByteArray();
    }

    /** {@code _rebuild_tensor_v2(storage i, offset 0, sizes, strides, False, OrderedDict())}. */
    private static void rebuild(DataOutputStream out, int i, Parameter parameter)
        throws IOException {
      TorchScriptArchive.global(out, "torch._utils", "_rebuild_tensor_v2");
      out.writeBytes("((");
      TorchScriptArchive.string(out, "storage");
      TorchScriptArchive.global(out, "torch", "FloatStorage");
      TorchScriptArchive.string(out, Integer.toString(i));
      TorchScriptArchive.string(out, "cpu");
      integer(out, Math.toIntExact(parameter.size()));
      out.writeBytes("tQ");
      integer(out, 0);
      List<Integer> shape = parameter.shape();
      int[] strides = new int[shape.size()];
      int stride = 1;
      for (int d = strides.length - 1; d >= 0; d--) {
        strides[d] = stride;
        stride *= shape.get(d);
      }
      out.writeBytes("(");
      for (int size : shape) {
        integer(out, size);
      }
      out.writeBytes("t(");
      for (int each : strides) {
        integer(out, each);
      }
      out.writeBytes("t");
      out.writeByte(0x89);
      TorchScriptArchive.global(out, "collections", "OrderedDict");
      out.writeBytes(")RtR");
    }

    private static void integer(DataOutputStream out, int value) throws IOException {
      out.writeByte('J');
      out.writeInt(Integer.reverseBytes(value));
    }
  }

  /**
   * Distinguishes a TorchScript archive from other files that PyTorch writes, before libtorch opens
   * it.
   */
  static final class ModuleArchive {
    private static final String SCRIPT =
        "torch.jit.script(model.eval()).save(\"model.pt\"), or torch.jit.trace(model.eval(),"
            + " example).save(\"model.pt\")";

    private ModuleArchive() {}

    /**
     * @throws IOException in one line, if it is something else: what it is, and how to convert it
     */
    static void check(Path file) throws IOException {
      byte[] start;
      try (InputStream in = InputFile.open(file)) {
        start = in.readNBytes(16);
      }
      refuseOthers(file, start);
      Set<String> entries = entries(file);
      if (entries.contains("data.pkl") && !entries.contains("constants.pkl")) {
        throw pickle(
            file, "a pickle saved by torch.save (a state dict, or a model without its code)");
      }
      if (entries.stream()
          .anyMatch(e -> e.endsWith("exported_program.json") || e.endsWith(".so"))) {
        throw other(file, "a torch.export program", "script or trace the model instead: " + SCRIPT);
      }
      if (!entries.contains("data.pkl") || !entries.contains("code")) {
        throw other(file, "a zip, but no TorchScript archive", "save the model by " + SCRIPT);
      }
    }

    private static void refuseOthers(Path file, byte[] start) throws IOException {
      if (start.length >= 2 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= 5) {
        throw pickle(file, "a pickle of an old torch.save");
      }
      if (start.length > 8 && start[8] == '{') {
        throw other(
            file,
            "safetensors: tensors without a network",
            "name the network with --arch " + Architecture.Kind.all(" or "));
      }
      if (start.length < 4 || start[0] != 'P' || start[1] != 'K') {
        throw other(file, "no TorchScript archive (no zip)", "save the model by " + SCRIPT);
      }
    }

    private static IOException pickle(Path file, String what) {
      return other(
          file,
          what,
          "load it in Python into its model, by model.load_state_dict(torch.load(FILE,"
              + " map_location=\"cpu\", weights_only=True)), and export that as ONNX, by"
              + " torch.onnx.export(model.eval(), example, \"model.onnx\", dynamo=False); or as"
              + " TorchScript, by "
              + SCRIPT);
    }

    private static IOException other(Path file, String what, String mend) {
      return new IOException(file + " is " + what + "; " + mend);
    }

    /** The names in the archive's one folder, each up to its first slash. */
    private static Set<String> entries(Path file) throws IOException {
      Set<String> names = new HashSet<>();
      try (ZipFile zip = new ZipFile(file.toFile())) {
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
          String name = entries.nextElement().getName();
          String inside = name.substring(name.indexOf('/') + 1);
          int slash = inside.indexOf('/');
          names.add(slash < 0 ? inside : inside.substring(0, slash));
        }
      } catch (ZipException | IllegalArgumentException e) {
        throw new IOException(
            file + " is damaged: " + e.getMessage() + "; copy it again or save the model again", e);
      }
      return names;
    }
  }
}
