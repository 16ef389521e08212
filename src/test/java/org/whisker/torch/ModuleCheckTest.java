package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.classifier.ClassNames;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.torch.ModuleClassifier.ModuleException;

class ModuleCheckTest {
  private static final Output LOGIT = Output.NOT_CAT_LOGIT;
  private static final Output THREE = new Output(Output.Form.LOGITS, 3, List.of(1));
  private static final String ONE = "y = torch.mean(x, [1, 2, 3], False)\n";

  @TempDir Path folder;

  private static ModuleCheck check(Path file, ModelCard card) throws IOException {
    int side = card.input().width();
    float[] values = new float[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % side / (float) side;
    }
    return ModuleCheck.of(
        card,
        new ClassNames(List.of()),
        file,
        TorchDevice.cpu(),
        new GrayImage(new Canvas(side, side), values));
  }

  private static void refused(Path file, Output output, String part) {
    Exception e = assertThrows(Exception.class, () -> check(file, Modules.card(output)));
    assertTrue(e instanceof IOException || e instanceof ModuleException, e.toString());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.length() < 600, message);
  }

  @Test
  void saysWhatAGoodModuleSees() throws IOException {
    ModuleCheck check =
        check(Modules.write(folder, ONE + "y = torch.sub(y, 0.75)"), Modules.card(LOGIT));
    assertEquals(1, check.outputs());
    assertEquals(0.25, check.white().logit(), 1e-6);
    assertEquals(0.4375 - 0.75, check.photo().logit(), 1e-6);
    assertEquals("0.2500", check.white().top());
    assertEquals(1.0 / 8, check.gradient().orElseThrow(), 1e-6);
    assertEquals(List.of(), check.notes());
  }

  @Test
  void namesTheHighestOutputs() {
    Output output = new Output(Output.Form.LOGITS, 5, List.of(2));
    ModelCard card = Modules.card(3, 32, Preprocessing.identity(), output);
    Path file = Modules.tinyCnn(folder);
    ModuleCheck check = assertNothing(() -> check(file, card));
    assertEquals(5, check.outputs());
    assertTrue(check.white().top().startsWith("3: 0.749, 4: 0.511, 2: "), check.white().top());
    assertEquals(5, assertNothing(() -> ModuleCheck.outputs(card, file, TorchDevice.cpu())));
  }

  private interface Throwing<T> {
    T get() throws IOException;
  }

  private static <T> T assertNothing(Throwing<T> call) {
    return org.junit.jupiter.api.Assertions.assertDoesNotThrow(call::get);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tuple[Tensor, Tensor] | y = (x, x) | returns (Tensor, Tensor), not one",
        "List[Tensor] | y = [x] | returns Tensor[], not",
        "Dict[str, Tensor] | y = {\"out\": x} | returns Dict(str, Tensor), not",
        "int | y = 3 | returns int, not",
        "Optional[Tensor] | y = None | returns NoneType, not",
        "Tensor | y = torch.to_sparse(torch.mean(x, [1, 2, 3], False)) | that can't be read",
        "Tensor | y = torch.to(torch.mean(x, [1, 2, 3], False), torch.device('meta'), 6) | device",
        "Tensor | y = torch.complex(torch.mean(x, [1, 2, 3], False), torch.mean(x, [1, 2, 3],"
            + " False)) | complex ones",
        "Tensor | y = torch.mean(x) | returns a tensor of shape [] for 1 pictures",
        "Tensor | y = torch.flatten(x, 1) | gives 64 numbers a picture, logit needs 1",
        "Tensor | y = x | returns a tensor of shape [1, 1, 8, 8], as of segmentation",
        "Tensor | y = torch.reshape(x, [-1, 2]) | returns a tensor of shape [32, 2]",
        "Tensor | y = torch.div(torch.mean(x, [1, 2, 3], False), 0) | gives Infinity",
        "Tensor | y = torch.log(torch.neg(torch.mean(x, [1, 2, 3], False))) | gives NaN",
        "Tensor | y = torch.to(torch.mean(x, [1, 2, 3], False), 4) | whole numbers",
        "Tensor | y = torch.conv2d(x, torch.ones([4, 3, 2, 2]), None) | does not take the white",
        "Tensor | y = torch.reshape(x, [1, 3, 8, 8]) | does not take the white picture",
        // a mean of dropout alone is the same twice in one of some 25 runs
        "Tensor | y = torch.mean(torch.mul(torch.dropout(x, 0.5, True), torch.rand_like(x)),"
            + " [1, 2, 3], False) | again",
        "Tensor | y = torch.sub(torch.mean(x, [1, 2, 3], False), torch.mean(x)) | in its batch",
      })
  void badModules(String type, String body, String part) throws IOException {
    refused(Modules.write(folder, type, body), LOGIT, part);
  }

  /** What its own code says, whatever it calls its exception. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Wants 3 channels | builtins.ValueError | Wants 3 channels",
        "Wants\\n  3 channels | builtins.RuntimeError | Wants 3 channels",
        "Wants 3 channels | __torch__.BadPicture | Wants 3 channels",
        "Wants 3 channels | builtins.Exception | Wants 3 channels",
      })
  void anExceptionOfTheModulesOwn(String text, String type, String shown) throws IOException {
    String raise = "ops.prim.RaiseException(\"" + text + "\", \"" + type + "\")\n";
    refused(Modules.write(folder, raise + ONE), LOGIT, shown);
  }

  @Test
  void aModuleTracedForOnePicture() throws IOException {
    refused(
        Modules.write(folder, "y = torch.mean(torch.reshape(x, [1, 1, 8, 8]), [1, 2, 3], False)"),
        LOGIT,
        "does not take three pictures");
  }

  @Test
  void anotherNumberOfClasses() throws IOException {
    refused(Modules.write(folder, ONE), THREE, "gives 1 numbers a picture, logits needs 3");
    Output sigmoid = new Output(Output.Form.SIGMOID, 1, List.of(0));
    refused(
        Modules.write(folder, "y = torch.mul(torch.mean(x, [1, 2, 3], False), 3)"),
        sigmoid,
        "which is no probability; take --output logit");
  }

  @Test
  void notesSoftmaxAndMissingDerivatives() throws IOException {
    String softmax = "y = torch.softmax(torch.slice(torch.select(x, 2, 0), 2, 0, 3), 2)\n";
    ModuleCheck check =
        check(
            Modules.write(folder, softmax + "y = torch.reshape(y, [-1, 3])"), Modules.card(THREE));
    assertTrue(check.notes().get(0).contains("softmax probabilities"), check.notes().toString());
    ModuleCheck cut =
        check(Modules.write(folder, ONE + "y = torch.detach(y)"), Modules.card(LOGIT));
    assertTrue(cut.gradient().isEmpty());
    assertTrue(cut.notes().get(0).startsWith("no derivative goes through it"));
  }

  private Path zip(String name, String... entries) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write('x');
      }
    }
    return file;
  }

  @Test
  void whatIsNoTorchScript() throws IOException {
    refused(folder.resolve("none.pt"), LOGIT, "does not exist");
    refused(zip("state.pth", "archive/data.pkl", "archive/data/0"), LOGIT, "load_state_dict");
    refused(zip("program.pt2", "p/serialized_exported_program.json"), LOGIT, "torch.export");
    refused(zip("photos.zip", "a.jpg"), LOGIT, "a zip, but no TorchScript archive");
    byte[] pickle = new byte[40];
    pickle[0] = (byte) 0x80;
    pickle[1] = 2;
    refused(Files.write(folder.resolve("old.pth"), pickle), LOGIT, "pickle of an old torch.save");
    byte[] tensors = "\2\0\0\0\0\0\0\0{}".getBytes(StandardCharsets.US_ASCII);
    refused(Files.write(folder.resolve("w.safetensors"), tensors), LOGIT, "--arch vgg16");
    refused(Files.writeString(folder.resolve("t.pt"), "hello, this is text"), LOGIT, "no zip");
    refused(Files.write(folder.resolve("empty.pt"), new byte[0]), LOGIT, "no zip");
    byte[] whole = Files.readAllBytes(Modules.tinyCnn(folder));
    refused(Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, 9000)), LOGIT, "is damaged");
    refused(
        zip("code.pt", "n/data.pkl", "n/code/__torch__.py", "n/constants.pkl", "n/version"),
        LOGIT,
        "cannot be loaded");
  }

  @Test
  void changedBytesNeverDoWorse() throws IOException {
    byte[] whole = Files.readAllBytes(Modules.tinyCnn(folder));
    Random random = new Random(1);
    Output output = new Output(Output.Form.LOGITS, 5, List.of(2));
    ModelCard card = Modules.card(3, 32, Preprocessing.identity(), output);
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      byte[] changed = whole.clone();
      for (int j = 0; j < 8; j++) {
        changed[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("changed.pt"), changed);
      try {
        check(file, card);
      } catch (IOException | ModuleException e) {
        assertFalse(String.valueOf(e.getMessage()).contains("\n"));
        refused++;
      }
    }
    assertTrue(refused > 10, refused + " refused");
  }
}
