package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.PublishedModel;
import org.whisker.classifier.Sha256;
import org.whisker.hub.HubClient.HubFile;
import org.whisker.hub.HubDownload;
import org.whisker.io.AtomicFiles;
import org.whisker.job.FolderSession;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;

/**
 * Downloads timm's ImageNet weights of a published network from the Hugging Face hub and imports
 * them. A download that was stopped goes on where it was.
 */
public final class FetchJob {
  private static final Map<PublishedModel, HubFile> FILES =
      Map.of(
          PublishedModel.VGG16,
          new HubFile("timm/vgg16.tv_in1k", "main", "model.safetensors"),
          PublishedModel.INCEPTION_RESNET_V2,
          new HubFile("timm/inception_resnet_v2.tf_in1k", "main", "model.safetensors"),
          PublishedModel.MOBILENET_V2,
          new HubFile("timm/mobilenetv2_100.ra_in1k", "main", "model.safetensors"));

  private final ImportRequest request;
  private final Optional<String> pinned;
  private final JobContext context;

  /**
   * Creates a job that fetches a published network's weights.
   *
   * @param request the request of a published architecture; its file is the one that is downloaded
   * @param pinned SHA-256 that the file must have; empty: what the hub says it has
   * @throws InvalidRequestException when that is no SHA-256
   */
  public FetchJob(ImportRequest request, Optional<String> pinned, JobContext context) {
    InvalidRequestException.refuse(
        pinned.isPresent() && !Sha256.isHash(pinned.get()),
        "--sha256 is 64 hexadecimal digits, was '" + pinned.orElse("") + "'");
    this.request = request;
    this.pinned = pinned;
    this.context = context;
  }

  /** The file on the hub that holds a network's weights. */
  public static HubFile file(PublishedModel published) {
    HubFile file = FILES.get(published);
    if (file == null) {
      throw new InvalidRequestException(
          "no weights of " + published.label() + " are known to be on the hub");
    }
    return file;
  }

  /**
   * Downloads and imports.
   *
   * @param variables environment variables by name: the hub's mirror and proxies
   * @param progress is told how far the download is
   * @return what was imported; empty when the download was stopped
   */
  public Optional<ImportResult> run(
      UnaryOperator<@Nullable String> variables, HubDownload.Listener progress) throws IOException {
    PublishedModel published = request.architecture().orElseThrow();
    HubFile file = file(published);
    ImportJob.requireFree(new ModelStore(context.home().models()), request.name());
    // beside the models, so that it is on their disk; hidden, so that it is none
    Path folder = context.home().models().resolve(".fetched");
    Path target = folder.resolve(published.label() + ".safetensors");
    return FolderSession.hold(folder, () -> fetched(file, target, variables, progress));
  }

  private Optional<ImportResult> fetched(
      HubFile file,
      Path target,
      UnaryOperator<@Nullable String> variables,
      HubDownload.Listener progress)
      throws IOException {
    if (pinned.isPresent() && Files.exists(target) && !Sha256.of(target).equals(pinned.get())) {
      Files.delete(target); // of a fetch that pinned nothing, or another file
    }
    if (!Files.exists(target) && !download(file, target, variables, progress)) {
      return Optional.empty();
    }
    ImportResult result = imported(target);
    Files.delete(target);
    return Optional.of(result);
  }

  /** Deletes a file that can't be used, or each later fetch would find it. */
  private ImportResult imported(Path file) throws IOException {
    try {
      return new ImportJob(request.from(file), context).run();
    } catch (InvalidRequestException e) {
      throw e; // the file is as good as another
    } catch (IOException | RuntimeException e) {
      if (!(e instanceof IOException io && AtomicFiles.isNotWritten(io))) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  private boolean download(
      HubFile file,
      Path target,
      UnaryOperator<@Nullable String> variables,
      HubDownload.Listener progress)
      throws IOException {
    BooleanSupplier stopped = context.stop().listen();
    return InvalidRequestException.check(() -> new HubDownload(variables, progress, stopped))
        .fetch(file, target, pinned);
  }
}
