package org.whisker.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.whisker.classifier.Architecture;
import org.whisker.io.InputFile;

/**
 * Distinguishes a TorchScript archive from other files that PyTorch writes, before libtorch opens
 * it.
 */
final class ModuleArchive {
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
    if (entries.stream().anyMatch(e -> e.endsWith("exported_program.json") || e.endsWith(".so"))) {
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
        "load it in Python into its model and save that: model.load_state_dict(torch.load(FILE,"
            + " map_location=\"cpu\", weights_only=True)); "
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
