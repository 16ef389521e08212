package org.whisker.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;

/** Modules as somebody else might bring them, and cards for them. */
public final class Modules {
  static final TorchClassifier.Settings CPU = TorchClassifier.Settings.cpu(Precision.FLOAT32);

  private Modules() {}

  /** A file with a module whose forward is {@code body}, which makes {@code y} of {@code x}. */
  public static Path write(Path folder, String type, String body) throws IOException {
    String method = "  def forward(self: __torch__.Net, x: Tensor) -> " + type + ":\n";
    byte[] bytes = TorchScriptArchive.write(List.of(), method + body.indent(4) + "    return y\n");
    return Files.write(folder.resolve("module.pt"), bytes);
  }

  public static Path write(Path folder, String body) throws IOException {
    return write(folder, "Tensor", body);
  }

  /** PyTorch's own: 3x32x32 to 5 logits. */
  public static Path tinyCnn(Path folder) {
    Path file = folder.resolve("tiny-cnn.pt");
    try (InputStream in = Modules.class.getResourceAsStream("tiny-cnn.pt")) {
      Files.copy(Objects.requireNonNull(in), file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ModelCard card(int channels, int side, Preprocessing preprocessing, Output output) {
    return new ModelCard(
        "theirs",
        null,
        new ModelCard.Input(channels, side, side),
        preprocessing,
        output,
        null,
        null,
        null,
        WeightsFile.UNSAVED_MODULE,
        Instant.EPOCH,
        "0.1.0");
  }

  static ModelCard card(Output output) {
    return card(1, 8, Preprocessing.identity(), output);
  }
}
