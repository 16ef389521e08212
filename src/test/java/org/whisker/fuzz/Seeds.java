package org.whisker.fuzz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.whisker.cli.TinyModels;
import org.whisker.evolution.CheckpointSeed;
import org.whisker.feature.play.Pictures;
import org.whisker.feature.play.RequestDecoder;
import org.whisker.feature.play.StateCode;
import org.whisker.feature.sweep.ResultDecoder;
import org.whisker.image.Canvas;
import org.whisker.io.Npy;
import org.whisker.network.Layer.Parameter;
import org.whisker.torch.Modules;
import org.whisker.training.CheckpointDecoder;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Safetensors;

/** Files that are right, from which fuzzers begin. */
final class Seeds {
  private static final Path ONNX = Path.of("src/test/resources/onnx");
  private static final FormulaWeights WEIGHTS =
      new FormulaWeights(
          List.of(
              new Parameter("features.0.weight", Parameter.Role.WEIGHT, List.of(2, 1, 3, 3)),
              new Parameter("features.0.bias", Parameter.Role.BIAS, List.of(2))),
          7);

  private final Path scratch;

  private Seeds(Path scratch) {
    this.scratch = scratch;
  }

  /** The bytes of each seed of a decoder; they need not be files, see {@link Decoder#write}. */
  static List<byte[]> of(Decoder decoder, Path scratch) throws IOException {
    if (decoder.files().size() > 1) {
      return new Seeds(scratch).folder(decoder);
    }
    return new Seeds(scratch).file(decoder.name());
  }

  private List<byte[]> folder(Decoder decoder) throws IOException {
    FolderSeeds.write(decoder, scratch);
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < decoder.files().size(); i++) {
      ByteArrayOutputStream seed = new ByteArrayOutputStream();
      seed.write(i);
      seed.write(Files.readAllBytes(scratch.resolve(decoder.files().get(i))));
      seeds.add(seed.toByteArray());
    }
    return seeds;
  }

  private List<byte[]> file(String name) throws IOException {
    return switch (name) {
      case "safetensors" -> List.of(safetensors(DType.F32), safetensors(DType.F16));
      case "card" -> {
        TinyModels.save(scratch, "tiny");
        yield List.of(Files.readAllBytes(scratch.resolve("models/tiny/model.json")));
      }
      case "onnx" -> onnx("vgg", "odd", "squeezenet", "inception-resnet-v2");
      case "module" -> List.of(Files.readAllBytes(Modules.write(scratch, "y = torch.relu(x)")));
      case "picture" -> List.of(picture("png"), picture("jpg"), picture("gif"), picture("bmp"));
      case "npy" -> {
        Path file = scratch.resolve("map.npy");
        Npy.write(file, 2, 2, new float[] {1, 2, 3, 4});
        yield List.of(Files.readAllBytes(file));
      }
      case "training" -> {
        Path file = scratch.resolve("checkpoint.safetensors");
        CheckpointDecoder.write(file, WEIGHTS);
        yield List.of(Files.readAllBytes(file));
      }
      case "result" -> List.of(ResultDecoder.result());
      case "checkpoint" -> List.of(CheckpointSeed.bytes(Canvas.square(12)));
      case "state" -> List.of(StateCode.of(Pictures.state(1, 2)).getBytes(StandardCharsets.UTF_8));
      case "request" -> List.of(RequestDecoder.code(StateCode.of(Pictures.state(3))));
      default -> text(name);
    };
  }

  private static List<byte[]> text(String name) throws IOException {
    String text =
        switch (name) {
          case "csv" -> "x,y,delta_logit\n\"1\",0,0.5\n2,3,\n";
          case "photos" -> "path,label,split\ncat/a.png,cat,train\nb.png,not_cat,val\n";
          case "origins" -> "file,origin\ncat/a_1.png,\"a, b\"\nnot_cat/b.png,x\n";
          case "classes" -> "{\"0\": [\"n01\", \"tench\"], 1: 'fox', \"2\": \"hen\"}";
          case "manifest" ->
              Files.readString(Path.of("src/test/resources/fuzz/folders/ablate.json"));
          case "spec" -> Files.readString(Path.of("analyses/specs/question.yaml"));
          case "tasks" ->
              "{\"key\":\"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f\",\"kind\":\"evolve\",\"group\":\"evolve-1\",\"what\":\"w\",\"model\":\"tiny\",\"sha256\":\"78dc\",\"seed\":1,\"images\":9.5,\"configuration\":{}}\n";
          default -> throw new IllegalArgumentException("no seed of " + name);
        };
    return List.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] safetensors(DType dtype) throws IOException {
    Path file = scratch.resolve("weights.safetensors");
    Safetensors.write(file, WEIGHTS, Map.of("format", "pt"), dtype);
    return Files.readAllBytes(file);
  }

  private static List<byte[]> onnx(String... names) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : names) {
      seeds.add(Files.readAllBytes(ONNX.resolve(name + ".onnx")));
    }
    return seeds;
  }

  private static byte[] picture(String format) throws IOException {
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 9; i++) {
      image.setRGB(i, i % 7, 0x80FF40 + i);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }
}
