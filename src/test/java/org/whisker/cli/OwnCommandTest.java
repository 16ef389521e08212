package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.CommandMaker;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.onnx.OnnxOperator;
import org.whisker.onnx.ShrinkFiles;

/**
 * A command and an operator of ONNX are one file each, {@code examples/Darkness.java} and {@code
 * examples/SoftShrink.java}, and one line, which names it on the class path.
 */
class OwnCommandTest {
  @TempDir Path home;
  @TempDir Path registry;

  @BeforeEach
  void lines() throws IOException {
    Path services = Files.createDirectories(registry.resolve("META-INF/services"));
    Files.writeString(services.resolve(CommandMaker.class.getName()), "Darkness\n");
    Files.writeString(services.resolve(OnnxOperator.class.getName()), "SoftShrink\n");
  }

  @Test
  void aCommandIsListedAndRun() throws IOException, InterruptedException {
    String help = OtherClassPath.whisker(home, registry, "--help");
    assertTrue(help.contains("darkness"), help);
    Path white = home.resolve("white.png");
    ImageFiles.writePng(white, GrayImage.filled(Canvas.square(8), 0.9f));
    Path out = home.resolve("out");
    String said =
        OtherClassPath.whisker(
            home, registry, "darkness", white.toString(), "--below=0.95", "--out=" + out);
    assertTrue(said.contains("white.png") && said.contains("64"), said);
    assertEquals(
        List.of("file,dark", white + ",64"), Files.readAllLines(out.resolve("darkness.csv")));
  }

  @Test
  void anOperatorIsRead() throws IOException, InterruptedException {
    Path file = home.resolve("shrink.onnx");
    ShrinkFiles.write(file, 0.25f, 0.25f);
    String[] args = {"models", "import", file.toString(), "--name=own", "--output=logits"};
    String[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--cat=0";
    all[args.length + 1] = "--device=cpu";
    OtherClassPath.whisker(home, registry, all);
    assertTrue(Files.exists(home.resolve("models/own/model.json")));
  }
}
