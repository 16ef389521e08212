package org.whisker.study.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.PublishedModel;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.JobContext;
import org.whisker.study.Leftovers;

/**
 * Makes a model of a {@link ImportRequest}, tries it on pure white and on a photo, and saves it.
 * What can't be used leaves nothing behind.
 */
public final class ImportJob {
  private final ImportRequest request;
  private final JobContext context;

  public ImportJob(ImportRequest request, JobContext context) {
    this.request = request;
    this.context = context;
  }

  /**
   * Imports it.
   *
   * @throws InvalidRequestException when its name is taken, or the request doesn't fit the file
   * @throws IOException when the file can't be used
   */
  public ImportResult run() throws IOException {
    ModelStore store = new ModelStore(context.home().models());
    requireFree(store, request.name());
    Leftovers.removeAbandonedOf(context.home().models().resolve(request.name()));
    Optional<PublishedModel> architecture = request.architecture();
    if (architecture.isEmpty() && isOnnx(request.file())) {
      return new OnnxImport(request, context).run(store);
    }
    return architecture.isEmpty()
        ? new ModuleImport(request, context).run(store)
        : new WeightsImport(request, architecture.get(), context).run(store);
  }

  /** By its name; a TorchScript module is an archive, which begins with PK. */
  private static boolean isOnnx(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  /** Refuses a name that is taken: an import never replaces a model. */
  static void requireFree(ModelStore store, String name) {
    InvalidRequestException.refuse(
        InvalidRequestException.check(() -> store.contains(name)),
        "--name " + name + ": there is a model of that name; take another, or delete its folder");
  }
}
