package org.whisker.torch;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.classifier.ModuleOperators;
import org.whisker.torch.ModelExport.ModuleArchive;

/** Archives of modules as they are checked before libtorch sees them, for fuzzers. */
public final class ModuleDecoder {
  private ModuleDecoder() {}

  public static void read(Path file) throws IOException {
    ModuleArchive.check(file);
    ModuleOperators.check(file);
  }
}
